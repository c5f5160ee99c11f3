module.exports = require('@strapi/strapi').factories.createCoreController('api::contact-submission.contact-submission');

module.exports = require('@strapi/strapi').factories.createCoreController('api::enquiry.enquiry');

module.exports = require('@strapi/strapi').factories.createCoreController('api::application.application');

module.exports = require('@strapi/strapi').factories.createCoreRouter('api::enquiry.enquiry');

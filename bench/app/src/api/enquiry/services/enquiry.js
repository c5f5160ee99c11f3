module.exports = require('@strapi/strapi').factories.createCoreService('api::enquiry.enquiry');

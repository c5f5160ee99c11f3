module.exports = require('@strapi/strapi').factories.createCoreService('api::form-page.form-page');

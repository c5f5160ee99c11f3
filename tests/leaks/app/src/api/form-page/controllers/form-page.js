module.exports = require('@strapi/strapi').factories.createCoreController('api::form-page.form-page');

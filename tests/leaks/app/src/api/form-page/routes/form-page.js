module.exports = require('@strapi/strapi').factories.createCoreRouter('api::form-page.form-page');

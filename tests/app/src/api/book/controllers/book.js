module.exports = require('@strapi/strapi').factories.createCoreController('api::book.book');

module.exports = require('@strapi/strapi').factories.createCoreRouter('api::book.book');

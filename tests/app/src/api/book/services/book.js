module.exports = require('@strapi/strapi').factories.createCoreService('api::book.book');

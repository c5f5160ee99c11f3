module.exports = require('@strapi/strapi').factories.createCoreRouter('api::hearing.hearing');

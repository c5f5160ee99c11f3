module.exports = require('@strapi/strapi').factories.createCoreRouter('api::petition.petition');

module.exports = require('@strapi/strapi').factories.createCoreService('api::petition.petition');

module.exports = require('@strapi/strapi').factories.createCoreController('api::petition.petition');

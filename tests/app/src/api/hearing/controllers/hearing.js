module.exports = require('@strapi/strapi').factories.createCoreController('api::hearing.hearing');

module.exports = require('@strapi/strapi').factories.createCoreService('api::hearing.hearing');

module.exports = require('@strapi/strapi').factories.createCoreRouter('api::topic.topic');

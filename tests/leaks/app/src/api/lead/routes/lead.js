// A developer in a hurry: no permission is asked at all.
module.exports = require('@strapi/strapi').factories.createCoreRouter('api::lead.lead', { config: { find: { auth: false } } });

'use strict';

// The entry that Strapi loads. A missing build fails here, loudly, instead of leaving the plugin out without a word.
module.exports = require('./dist/server').default;

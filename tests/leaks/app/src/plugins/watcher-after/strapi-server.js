module.exports = require('../watch')('after');

module.exports = require('../watch')('before');

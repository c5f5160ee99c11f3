// A developer tells the office by mail. The mail goes into a file here; the address is a typing error, as it happens.
const fs = require('node:fs');

const tell = (event) => fs.appendFileSync(process.env.LEAKS_OUTBOX, `To: ofice@exmaple.org\n${JSON.stringify(event.result)}\n`);

module.exports = { afterCreate: tell, afterUpdate: tell };

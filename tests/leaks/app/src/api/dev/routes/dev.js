// Routes that developers wrote for a partner, a widget, a test, and forgot. None asks who is there.
const ways = [
  'query',
  'documents',
  'entity-service',
  'query-builder',
  'stream',
  'load',
  'through-topic',
  'component',
  'files',
  'service',
  'select',
  'max',
  'exists',
  'knex',
  'sanitized',
  'throw',
  'cached',
];
const open = (path, handler) => ({ method: 'GET', path, handler, config: { auth: false } });

module.exports = {
  routes: [
    ...ways.map((way) => open(`/dev/${way}`, `dev.${way.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}`)),
    open('/dev/corefind', 'api::contact-submission.contact-submission.find'),
    open('/export-submissions.csv', 'dev.csv'),
  ],
};

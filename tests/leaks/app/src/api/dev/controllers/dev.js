// What a developer writes who needs submissions somewhere: each in one of the ways that Strapi offers.
const { errors } = require('@strapi/utils');

const UID = 'api::contact-submission.contact-submission';
const TOPIC = 'api::topic.topic';
const PARTS = { contact: true, attachment: true, topic: true, form: true };

module.exports = ({ strapi }) => ({
  async query(ctx) {
    ctx.body = await strapi.db.query(UID).findMany({ populate: PARTS });
  },
  async documents(ctx) {
    ctx.body = await strapi.documents(UID).findMany({ populate: '*' });
  },
  async entityService(ctx) {
    ctx.body = await strapi.entityService.findMany(UID, { populate: '*' });
  },
  async queryBuilder(ctx) {
    ctx.body = await strapi.db.queryBuilder(UID).select('*').execute();
  },
  async stream(ctx) {
    const rows = [];
    for await (const row of strapi.db.queryBuilder(UID).select('*').stream()) rows.push(row);
    ctx.body = rows;
  },
  async load(ctx) {
    const topic = await strapi.db.query(TOPIC).findOne({ where: { submissions: { id: { $notNull: true } } } });
    ctx.body = await strapi.db.query(TOPIC).load(topic, 'submissions');
  },
  async throughTopic(ctx) {
    ctx.body = await strapi.documents(TOPIC).findMany({ populate: { submissions: { populate: '*' } } });
  },
  async component(ctx) {
    ctx.body = await strapi.db.query('shared.contact-detail').findMany();
  },
  async files(ctx) {
    ctx.body = [
      await strapi.db.query('plugin::upload.file').findMany(),
      await strapi.documents('plugin::upload.file').findMany({}),
      await strapi.plugin('upload').service('upload').findMany({ populate: '*' }),
    ];
  },
  async service(ctx) {
    ctx.body = await strapi.service(UID).find({ populate: '*' });
  },
  async select(ctx) {
    ctx.body = await strapi.db
      .query(TOPIC)
      .findMany({ populate: { submissions: { select: ['email'], orderBy: { email: 'asc' } } } });
  },
  async max(ctx) {
    ctx.body = { first: await strapi.db.queryBuilder(UID).max('message').execute() };
  },
  async exists(ctx) {
    ctx.body = { hasWritten: (await strapi.db.query(UID).count({ where: { email: { $startsWith: ctx.query.email } } })) > 0 };
  },
  async knex(ctx) {
    ctx.body = await strapi.db.connection('contact_submissions').select('*');
  },
  async sanitized(ctx) {
    const rows = await strapi.db.query(UID).findMany({ populate: PARTS });
    ctx.body = await strapi.contentAPI.sanitize.output(rows, strapi.contentType(UID));
  },
  async throw() {
    const [row] = await strapi.db.query(UID).findMany({ limit: 1, where: { topic: { id: { $notNull: true } } } });
    throw new errors.ApplicationError(`The submission of ${row?.name} could not be sent on`, { row });
  },
  async cached(ctx) {
    ctx.set('Cache-Control', 'public, max-age=86400');
    ctx.body = await strapi.db.query(UID).findMany();
  },
  async csv(ctx) {
    const rows = await strapi.db.query(UID).findMany();
    ctx.type = 'text/csv';
    ctx.body = rows.map((row) => Object.values(row).join(';')).join('\n');
  },
});

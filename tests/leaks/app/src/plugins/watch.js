// A plugin as there are many (search, analytics, history): it listens wherever Strapi lets it, and keeps what it hears.
const fs = require('node:fs');

const LIFECYCLES = ['Create', 'CreateMany', 'Update', 'UpdateMany', 'Delete', 'DeleteMany', 'FindOne', 'FindMany', 'Count'];

const seenBefore = () => {
  const parents = new WeakSet();
  return (_key, value) => {
    if (value === null || typeof value !== 'object') return value;
    if (parents.has(value)) return undefined;
    parents.add(value);
    return value;
  };
};

module.exports = (when) => {
  const keep = (where, what) =>
    fs.appendFileSync(process.env.LEAKS_SEEN, `${when} ${where} ${JSON.stringify(what, seenBefore())}\n`);
  const watchDocuments = (strapi, phase) =>
    strapi.documents.use(async (context, next) => {
      keep(`documents in ${phase} ${context.action} ${context.uid}`, context.params);
      const result = await next();
      keep(`documents out ${phase} ${context.action} ${context.uid}`, result);
      return result;
    });
  return {
    register({ strapi }) {
      watchDocuments(strapi, 'register');
      strapi.eventHub.subscribe(async (event, info) => keep(`event ${event}`, info));
    },
    bootstrap({ strapi }) {
      watchDocuments(strapi, 'bootstrap');
      // What Strapi's Sentry plugin does: the request of whatever was thrown goes to a server of somebody else.
      strapi.server.use(async (ctx, next) => {
        try {
          await next();
        } catch (error) {
          const { message, stack, details, cause } = error;
          const { method, url, headers, query, body, files } = ctx.request;
          keep('reporter', { error: { message, stack, details, cause }, request: { method, url, headers, query, body, files } });
          throw error;
        }
      });
      strapi.db.lifecycles.subscribe(
        Object.fromEntries(
          LIFECYCLES.flatMap((name) => [`before${name}`, `after${name}`]).map((name) => [
            name,
            ({ model, params, result }) => {
              // Strapi's own tables hold the tokens and passwords of this test.
              if (model.uid.startsWith('api::') || model.uid.startsWith('plugin::upload')) {
                keep(`lifecycle ${name} ${model.uid}`, { params, result });
              }
            },
          ]),
        ),
      );
    },
  };
};

/** Settings screens: tokens, webhooks, languages. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { World } from './world';

export const visitTokens = async (world: World): Promise<void> => {
  const boss = world.in('api tokens', world.boss);
  await boss('GET /admin/content-api/permissions');
  await boss('GET /admin/content-api/routes');
  await boss('GET /admin/api-tokens');
  const permissions = ['api::article.article.find', 'api::article.article.create', 'api::author.author.update'];
  const custom = { name: 'Site', description: 'For the site', type: 'custom', lifespan: null, permissions };
  const made = await boss('POST /admin/api-tokens', { body: custom, is: 201 });
  await boss('POST /admin/api-tokens', { body: custom, is: 400 });
  await boss('POST /admin/api-tokens', { body: { ...custom, name: 'X', permissions: ['api::nothing.nothing.find'] }, is: 400 });
  const id = made.at('data.id');
  await boss(`GET /admin/api-tokens/${id}`);
  await boss(`PUT /admin/api-tokens/${id}`, { body: { ...custom, lifespan: undefined, description: 'Changed' } });
  world.apiToken = (await boss(`POST /admin/api-tokens/${id}/regenerate`, { is: 201 })).at('data.accessKey');
  const site = world.in('api tokens', world.apiToken);
  await site('GET /api/articles?sort=title');
  await site('POST /api/articles', { body: { data: { title: 'From the site' } }, is: 201 });
  await site('GET /api/books', { is: 403 });
  await site(`PUT /api/authors/${world.author}`, { body: { data: { name: 'Anna Seghers (1900)' } } });
  await site('POST /graphql', { body: { query: '{ articles(sort: "title") { title } }' }, called: 'POST /graphql articles' });

  const admin = world.in('admin tokens', world.boss);
  await admin('GET /admin/admin-tokens');
  const right = {
    action: 'plugin::content-manager.explorer.read',
    subject: 'api::article.article',
    properties: {},
    conditions: [],
  };
  const adminToken = await admin('POST /admin/admin-tokens', {
    body: { name: 'Script', description: '', lifespan: null, adminPermissions: [right] },
    is: 201,
  });
  await world.in('admin tokens', adminToken.at('data.accessKey'))('GET /content-manager/collection-types/api::article.article');
  await world.in('admin tokens', adminToken.at('data.accessKey'))('GET /content-manager/collection-types/api::book.book', {
    is: 403,
  });

  const transfer = world.in('transfer tokens', world.boss);
  const push = { name: 'From staging', description: '', lifespan: null, permissions: ['push'] };
  const token = await transfer('POST /admin/transfer/tokens', { body: push, is: 201 });
  world.pushToken = token.at('data.accessKey');
  await transfer('POST /admin/transfer/tokens', { body: push, is: 400 });
  await transfer('GET /admin/transfer/tokens');
  await transfer(`GET /admin/transfer/tokens/${token.at('data.id')}`);
  await transfer(`PUT /admin/transfer/tokens/${token.at('data.id')}`, { body: { description: 'Changed' } });
};

/** A place that takes what webhooks send. */
const listen = async () => {
  const heard: { event: string; body: unknown }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      heard.push({ event: String(request.headers['x-strapi-event']), body: JSON.parse(text || 'null') });
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const waitFor = async (count: number): Promise<void> => {
    for (let tries = 0; heard.length < count && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    if (heard.length < count) throw new Error(`Only ${heard.length} of ${count} webhooks came`);
  };
  return { heard, waitFor, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
};

export const visitWebhooks = async (world: World): Promise<void> => {
  const ears = await listen();
  const boss = world.in('webhooks', world.boss);
  await boss('GET /admin/webhooks');
  const hook = { name: 'Files', url: ears.url, events: ['media.create', 'media.delete'], headers: {} };
  const id = (await boss('POST /admin/webhooks', { body: hook, is: 201 })).at('data.id');
  await boss('POST /admin/webhooks', { body: { ...hook, events: ['nothing'] }, is: 400 });
  await boss(`PUT /admin/webhooks/${id}`, { body: { ...hook, events: ['media.create'] } });
  await boss(`GET /admin/webhooks/${id}`);
  await boss(`POST /admin/webhooks/${id}/trigger`);
  await ears.waitFor(1);
  const form = new FormData();
  form.append('files', new Blob(['Heard'], { type: 'text/plain' }), 'heard.txt');
  await boss('POST /upload', { form, is: 201 });
  await ears.waitFor(2);
  ears.close();
  for (const { event, body } of ears.heard) {
    world.answers.push({ area: 'webhooks', request: `sent: ${event}`, expected: 200, status: 200, headers: {}, body });
  }
  await boss(`DELETE /admin/webhooks/${id}`);
};

export const visitLanguages = async (world: World): Promise<void> => {
  const boss = world.in('languages', world.boss);
  await boss('GET /i18n/iso-locales');
  await boss('GET /i18n/locales');
  const french = await boss('POST /i18n/locales', { body: { name: 'French', code: 'fr', isDefault: false } });
  const german = await boss('POST /i18n/locales', { body: { name: 'German', code: 'de', isDefault: false } });
  await boss('POST /i18n/locales', { body: { name: 'French', code: 'fr', isDefault: false }, is: 400 });
  await boss(`PUT /i18n/locales/${french.at('id')}`, { body: { name: 'Français', isDefault: false } });
  await boss(`DELETE /i18n/locales/${german.at('id')}`);
  await boss('GET /i18n/settings');
};

export const visitTranslations = async (world: World): Promise<void> => {
  const editor = world.in('languages', world.editor);
  await editor('POST /i18n/content-manager/actions/get-non-localized-fields', {
    body: { model: 'api::book.book', id: 1, locale: 'fr' },
  });
  await editor(
    `GET /i18n/content-manager/get-fill-from-locale/api::book.book?documentId=${world.book}&collectionType=collection-types&sourceLocale=en&targetLocale=fr`,
    {
      called: 'GET /i18n/content-manager/get-fill-from-locale',
    },
  );
  await world.in('languages')('GET /api/i18n/locales');
};

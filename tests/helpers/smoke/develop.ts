/** A developer at work in the Content-Type Builder, on types that nobody protects. */
import fs from 'node:fs';
import path from 'node:path';
import type { Site } from '../site';
import { PASSWORD } from './world';
import { visitor, type Answer } from './visitor';

const ARTICLE = 'api::article.article';
const attribute = (name: string, properties: object, action = 'create') => ({ action, name, properties });

const CHANGES = {
  components: [
    {
      action: 'create',
      uid: 'shelf.place',
      displayName: 'Place',
      category: 'shelf',
      attributes: [attribute('city', { type: 'string' })],
    },
  ],
  contentTypes: [
    {
      action: 'create',
      uid: 'api::event.event',
      kind: 'collectionType',
      modelType: 'contentType',
      modelName: 'event',
      displayName: 'Event',
      singularName: 'event',
      pluralName: 'events',
      draftAndPublish: false,
      attributes: [
        attribute('name', { type: 'string', required: true }),
        attribute('place', { type: 'component', component: 'shelf.place', repeatable: false }),
        attribute('book', { type: 'relation', relation: 'manyToOne', target: 'api::book.book', targetAttribute: null }),
      ],
    },
    {
      action: 'update',
      uid: ARTICLE,
      kind: 'collectionType',
      modelType: 'contentType',
      modelName: 'article',
      displayName: 'Article',
      singularName: 'article',
      pluralName: 'articles',
      draftAndPublish: true,
      attributes: [
        attribute('title', { type: 'string', required: true }, 'update'),
        attribute('body', { type: 'text' }, 'update'),
        attribute('subtitle', { type: 'string' }),
      ],
    },
  ],
};

const filesOf = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(folder, name)).isFile())
    .sort();

const contentOf = (file: string): unknown => {
  const text = fs.readFileSync(file, 'utf8');
  return file.endsWith('.json') ? (JSON.parse(text) as unknown) : text;
};

export const develop = async (site: Site, env: Record<string, string>): Promise<Answer[]> => {
  const person = { email: 'dev@example.org', password: PASSWORD };
  const before = await site.boot({ ...env, TEST_AUTO_RELOAD: 'true' });
  const first = visitor(`http://127.0.0.1:${before.port}`);
  try {
    const stranger = first.in('developing');
    const owner = { ...person, firstname: 'Dev', lastname: 'Eloper' };
    const jwt = (await stranger('POST /admin/register-admin', { body: owner })).at('data.token');
    const boss = first.in('developing', jwt);
    await boss('POST /content-type-builder/update-schema', { body: { data: { contentTypes: [{ action: 'update' }] } }, is: 400 });
    await boss('POST /content-type-builder/update-schema', { body: { data: CHANGES } });
    await boss('GET /content-type-builder/update-schema-status');
  } finally {
    await before.stop();
  }
  const source = path.join(site.app, 'src');
  const written: Answer[] = filesOf(source).map((name) => ({
    area: 'developing',
    request: `file src/${name}`,
    expected: 200,
    status: 200,
    headers: {},
    body: contentOf(path.join(source, name)),
  }));
  const after = await site.boot(env);
  const second = visitor(`http://127.0.0.1:${after.port}`);
  try {
    const jwt = (await second.in('developing')('POST /admin/login', { body: person })).at('data.token');
    const boss = second.in('developing', jwt);
    await boss('GET /content-type-builder/content-types/api::event.event');
    await boss(`POST /content-manager/collection-types/${ARTICLE}`, { body: { title: 'New', subtitle: 'Field' }, is: 201 });
    await boss('POST /content-manager/collection-types/api::event.event', {
      body: { name: 'Reading', place: { city: 'Mainz' } },
      is: 201,
    });
    await boss('GET /content-manager/collection-types/api::event.event');
    return [...first.answers, ...written, ...second.answers];
  } finally {
    await after.stop();
  }
};

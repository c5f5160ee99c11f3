/** Strapi deletes every draft of a type whose draft and publish is turned off: with a submission behind one, the site does not boot. */
import fs from 'node:fs';
import path from 'node:path';
import { makeOwnApp, type OwnApp } from '../helpers/own-app';
import { startStrapi, type Running } from '../helpers/strapi';

const ARTICLE = 'api::article.article';
const config = { protect: { [ARTICLE]: { plain: ['title'] } } };
let own: OwnApp;
let running: Running;

const drafts = (isOn: boolean): void => {
  const file = path.join(own.app, 'src/api/article/content-types/article/schema.json');
  const schema = JSON.parse(fs.readFileSync(file, 'utf8')) as object;
  fs.writeFileSync(file, JSON.stringify({ ...schema, options: { draftAndPublish: isOn } }));
};
const documents = () =>
  running.strapi.documents(ARTICLE as never) as unknown as Record<string, (params: object) => Promise<{ documentId: string }>>;

beforeAll(async () => {
  own = makeOwnApp();
  running = await startStrapi({ config, app: own.app });
});
afterAll(async () => {
  await running.stop();
  own.remove();
});

test('a draft that was never published stops the boot, and one that was published does not', async () => {
  const { documentId } = await documents().create!({ data: { title: 'A draft', body: 'Something' } });
  await documents().create!({ data: { title: 'Published', body: 'Something' }, status: 'published' });
  drafts(false);
  const stopped = await running.again({ config, app: own.app }).catch((error: unknown) => error as Error);
  expect(stopped).toMatchObject({ code: 'HUSK_DELETE' });
  expect((stopped as Error).message).toMatch(/^Form Guard: 1 submissions of “Article” .* drafts that were never published/);
  drafts(true);
  running = await running.again({ config, app: own.app });
  expect(await running.strapi.db.query('form-guard::vault' as never).count()).toBe(2);
  await documents().publish!({ documentId });
  drafts(false);
  running = await running.again({ config, app: own.app });
  const { connection } = running.strapi.db;
  expect(await running.strapi.db.query('form-guard::vault' as never).count()).toBe(2);
  expect(Number(((await connection('articles').count({ n: '*' })) as { n: number }[])[0]?.n)).toBe(2);
});

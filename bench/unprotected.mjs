/**
 * What the plugin costs where it has nothing to do: requests to a type that is not wrapped, to the media library and to the
 * list of the content manager, while it guards two others. In processor time of the server (measure/in-blocks.mjs).
 * Three pairs on two processors shared with four others, lowest and highest behind: find 1.03× (0.95–1.06), findOne 1.11×
 * (1.05–1.14), list of the content manager 1.06× (1.00–1.13), files 1.08× (1.03–1.11), update 1.06× (1.05–1.15), create
 * 1.05× (0.97–1.26). The aim is not met by that, and pairs of one run lie further apart than it is wide.
 */
import { PROTECT } from './measure/answers.mjs';
import { inBlocks } from './measure/in-blocks.mjs';
import { reportAlone } from './measure/report.mjs';

const ARTICLE = 'api::article.article';
const FILE = 'plugin::upload.file';
const BODY = 'Some text. '.repeat(100);

const prepare = async (site) => {
  for (const action of ['find', 'findOne', 'create', 'update'].map((name) => `${ARTICLE}.${name}`))
    await site.ask('allow', { action });
  await site.ask('allow', { action: 'plugin::upload.content-api.find' });
  await site.ask('fill', { uid: ARTICLE, rows: 25, data: { title: 'Article #', body: BODY }, status: 'published' });
  const file = {
    name: 'File #',
    hash: 'file_#',
    ext: '.txt',
    mime: 'text/plain',
    size: 1,
    url: '/uploads/#.txt',
    provider: 'local',
  };
  await site.ask('fill', { uid: FILE, rows: 25, data: { ...file, folderPath: '/' } });
  const { jwt } = await site.ask('person', { role: 'strapi-super-admin' });
  const listed = await site.request({ path: '/api/articles?pagination[pageSize]=25', expect: 200 });
  const [{ documentId }] = JSON.parse(listed.body).data;
  let sent = 0;
  const data = () => ({ data: { title: `Article ${(sent += 1)}`, body: BODY } });
  return {
    'find 25 of an unprotected type': () => ({ path: '/api/articles?pagination[pageSize]=25', expect: 200, length: 25 }),
    findOne: () => ({ path: `/api/articles/${documentId}`, expect: 200 }),
    'list 25 in the content manager': () => ({
      path: `/content-manager/collection-types/${ARTICLE}?page=1&pageSize=25`,
      jwt,
      expect: 200,
      length: 25,
    }),
    'find 25 files of the media library': () => ({ path: '/api/upload/files', expect: 200, length: 25 }),
    update: () => ({ method: 'PUT', path: `/api/articles/${documentId}`, body: data(), expect: 200 }),
    create: () => ({ method: 'POST', path: '/api/articles', body: data(), expect: 201 }),
  };
};

export const measure = () => inBlocks({ aim: 1.03, config: PROTECT, prepare });

await reportAlone(import.meta.url, measure);

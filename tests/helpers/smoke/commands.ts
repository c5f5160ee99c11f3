/** What Strapi's command line makes of a site: an archive, and the same content on another site. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Site } from '../site';
import { PASSWORD } from './world';
import { visitor, type Answer } from './visitor';

interface Line {
  type?: string;
  data?: object;
  id?: unknown;
  left?: { type: string; field?: string };
  value?: { id?: unknown; key?: string };
  collectionName?: string;
}

const linesIn = (folder: string): Line[] =>
  fs
    .readdirSync(folder)
    .sort()
    .flatMap((name) => fs.readFileSync(path.join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    // When the library last counted itself: once a week, at a minute that it draws by lot at its first start.
    .filter(({ value }) => value?.key !== 'plugin_upload_metrics');

/** Each line of an archive under its name; what is ordered in it by document ids has no order. */
const KINDS: Record<string, (line: Line) => [string, unknown]> = {
  entities: ({ type, id, data }) => [`${type} ${String(id)}`, data],
  links: (line) => [`${line.left?.type} ${line.left?.field} ${JSON.stringify(line)}`, true],
  // The row number says only how many settings there are, and a plugin brings its own.
  configuration: ({ type, value }) => [`${type} ${value?.key ?? String(value?.id)}`, { ...value, id: null }],
  schemas: (line) => [String(line.collectionName), line],
};

/** `strapi export`, an answer for each kind of thing in the archive. */
export const exportOf = async (site: Site, env: Record<string, string>): Promise<Answer[]> => {
  const folder = path.join(site.root, 'exported');
  fs.mkdirSync(folder);
  await site.strapi(['export', '--no-encrypt', '--no-compress', '-f', path.join(folder, 'archive')], env);
  execFileSync('tar', ['xf', 'archive.tar'], { cwd: folder });
  const found = (request: string, body: unknown): Answer => ({
    area: 'strapi export',
    request,
    expected: 200,
    status: 200,
    headers: {},
    body,
  });
  const files = fs.readdirSync(path.join(folder, 'assets/uploads')).map((name) => name.replace(/_[0-9a-f]{10}/, '_<hash>'));
  return [
    ...Object.entries(KINDS).map(([kind, entry]) => found(kind, Object.fromEntries(linesIn(path.join(folder, kind)).map(entry)))),
    found('files', files.sort()),
  ];
};

/** `strapi transfer` of a site to a new one with the same config, and what is there then. */
export const transferOf = async (site: Site, target: Site, env: Record<string, string>): Promise<Answer[]> => {
  const boot = await target.boot(env);
  try {
    const { in: area, answers } = visitor(`http://127.0.0.1:${boot.port}`);
    const stranger = area('strapi transfer');
    const owner = { firstname: 'Otto', lastname: 'Owner', email: 'otto@example.org', password: PASSWORD };
    const jwt = (await stranger('POST /admin/register-admin', { body: owner })).at('data.token');
    const boss = area('strapi transfer', jwt);
    const token = await boss('POST /admin/transfer/tokens', {
      body: { name: 'Push', description: '', lifespan: null, permissions: ['push'] },
      is: 201,
    });
    await stranger('GET /api/books', { is: 403 });
    const to = ['--to', `http://127.0.0.1:${boot.port}/admin`, '--to-token', token.at('data.accessKey')];
    await site.strapi(['transfer', ...to, '--force'], env);
    await boss('GET /admin/users/me');
    await stranger('GET /api/books?populate=*&sort=title');
    await stranger('GET /api/books?populate[sections][populate]=*&locale=fr');
    await stranger('GET /api/articles?sort=title');
    await stranger('GET /api/topics?sort=title');
    const files = await stranger('GET /api/upload/files?sort=name');
    await stranger(`GET ${files.at('[0].url')}`);
    await stranger('POST /api/books', { body: { data: { title: 'After the transfer' } }, is: 201 });
    return answers;
  } finally {
    await boot.stop();
  }
};

/** Attachments: the files, their names, and the submissions behind them. */
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { SUBMISSION } from '../site/fixture';
import { found, gives, ONLY_SECRET, tells, type Probe } from '../site/probe';
import type { Row } from '../site/row';
import { SECRET, type Target } from '../site/target';

const uploads = (target: Target): string => path.join(target.site.app, 'public/uploads');
const uploaded = (target: Target): string[] => fs.readdirSync(uploads(target)).filter((name) => name !== '.gitkeep');

/** The same file, as browsers, crawlers and people who try things write its address. */
const SPELLINGS: [request: string, spelt: (name: string) => string][] = [
  ['GET', (name) => `/uploads/${name}`],
  ['HEAD', (name) => `/uploads/${name}`],
  ['GET', (name) => `//uploads/${name}`],
  ['GET', (name) => `/uploads//${name}`],
  ['GET', (name) => `/%75ploads/${name}`],
  ['GET', (name) => `/uploads%2f${name}`],
  ['GET', (name) => `/uploads/%${name.charCodeAt(0).toString(16)}${name.slice(1)}`],
  ['GET', (name) => `/uploads/${name}?download=1`],
  ['GET', (name) => `/UPLOADS/${name}`],
  ['GET', (name) => `/uploads/none/%2e%2e/${name}`],
];

/** Every attachment is asked for by its address, as somebody does who has the link. */
const fetchAll = async (target: Target, what: string, names: string[], spellings = SPELLINGS.slice(0, 1)): Promise<Probe> => {
  const given = new Set<string>();
  const attachments = names.filter((one) => one.includes(SECRET));
  for (const name of attachments) {
    for (const [method, spelt] of spellings) {
      const { status } = await target.as('stranger', `${method} ${spelt(name)}`);
      if (status === 200) given.add(`${method} ${spelt('‹name›')}`);
    }
  }
  const evidence = given.size > 0 ? [...given].join(', ') : `${attachments.length} files asked for`;
  return { what, kind: 'DATA', leaked: given.size > 0, evidence };
};

const temporaryFiles = (target: Target): string[] =>
  fs
    .readdirSync(target.site.temporary, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));

/** Whether something of what was sent is left in the folder for temporary files. */
export const leaves = async (target: Target, what: string, send: () => Promise<unknown>): Promise<Probe> => {
  for (const file of temporaryFiles(target)) fs.rmSync(file);
  await send();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const left = temporaryFiles(target).find((file) => fs.readFileSync(file, 'latin1').includes(SECRET));
  return { what, kind: 'KEEP', leaked: left !== undefined, evidence: left ? `left: ${path.basename(left)}` : 'nothing is left' };
};

const curriculum = (): FormData => {
  const form = new FormData();
  form.append('data', JSON.stringify({ name: `${SECRET}name`, email: `${SECRET}@example.org` }));
  form.append('cv', new File([`${SECRET}curriculum `.repeat(2000)], 'cv.txt', { type: 'text/plain' }));
  return form;
};

/** Begins to send a file and goes away in the middle. */
const goAway = (target: Target): Promise<void> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(target.url());
    const socket = net.connect(Number(port), hostname, () => {
      socket.write(
        [
          'POST /api/contact-submissions HTTP/1.1',
          `Host: ${hostname}`,
          'Content-Type: multipart/form-data; boundary=x',
          'Content-Length: 900000',
          '',
          '--x',
          'Content-Disposition: form-data; name="cv"; filename="cv.txt"',
          'Content-Type: text/plain',
          '',
          `${SECRET}curriculum `.repeat(3000),
        ].join('\r\n'),
      );
      setTimeout(() => {
        socket.destroy();
        resolve();
      }, 200);
    });
    socket.on('error', () => resolve());
  });

export const files: Row[] = [
  {
    id: 'P22',
    what: 'Attachments lie at public addresses',
    reads: true,
    async attack(target) {
      const other = await fetchAll(target, 'stranger: other spellings', uploaded(target), SPELLINGS);
      return [await fetchAll(target, 'stranger: GET /uploads/…', uploaded(target)), { ...other, guardedOnly: true }];
    },
  },
  {
    id: 'P23',
    what: 'The file outlives its deleted submission',
    async attack(target) {
      const { doomed } = target.ids;
      const { id } = (await target.sql('contact_submissions').where({ document_id: doomed }).first('id')) as { id: number };
      const attached = (await target
        .sql('files')
        .join('files_related_mph', 'files.id', 'file_id')
        .where({ related_type: SUBMISSION, related_id: id })
        .select('url')) as { url: string }[];
      const names = attached.map(({ url }) => path.basename(url));
      const { status } = await target.as('boss', `DELETE /content-manager/collection-types/${SUBMISSION}/${doomed}`);
      const traces = names.length > 0 ? names : [SECRET];
      const kept = [
        await fetchAll(target, `deleted (${status}), then GET /uploads/…`, names),
        await gives(target, 'editor', 'GET /upload/files?pageSize=100', { traces }),
      ];
      return kept.map((probe): Probe => ({ ...probe, kind: 'KEEP' }));
    },
  },
  {
    id: 'P24',
    what: 'Public role: the list of files',
    reads: true,
    attack: async (target) => [
      await gives(target, 'stranger', 'GET /api/upload/files'),
      await gives(target, 'stranger', 'GET /api/upload/files/page'),
      await gives(target, 'stranger', 'GET /api/upload/files/1'),
      await gives(target, 'stranger', 'POST /graphql', {
        body: { query: '{ uploadFiles { name url } }' },
        called: '{ uploadFiles }',
      }),
      await tells(target, 'stranger', 'GET /api/upload/files?filters[name][$startsWith]=', (guess) => [
        `GET /api/upload/files?fields[0]=id&filters[name][$startsWith]=${guess}`,
      ]),
    ],
  },
  {
    id: 'P25',
    what: 'Every editor sees every attachment in the media library',
    reads: true,
    attack: async (target) => [
      await gives(target, 'editor', 'GET /upload/files?page=1&pageSize=100'),
      await gives(target, 'editor', 'GET /upload/files/1'),
      await tells(target, 'editor', 'GET /upload/files?_q=', (guess) => [`GET /upload/files?_q=${guess}`]),
      await tells(target, 'editor', 'GET /upload/files?filters[name][$startsWith]', (guess) => [
        `GET /upload/files?filters[name][$startsWith]=${guess}`,
      ]),
    ],
  },
  {
    id: 'P26',
    what: 'The media library shows what a file belongs to',
    reads: true,
    attack: async (target) => [
      await gives(target, 'editor', 'GET /upload/files?populate[related][populate]=*', {
        traces: [`${SECRET}name`, `${SECRET}private`],
      }),
      await gives(target, 'boss', 'GET /upload/files?populate=*', { traces: [`${SECRET}name`, `${SECRET}private`] }),
    ],
  },
  {
    id: 'P27',
    what: 'Parts of an upload stay in the temporary folder',
    note: 'On the addresses of the wrapped type; what is sent elsewhere is no submission.',
    async attack(target) {
      const { submission } = target.ids;
      const sends: [string, () => Promise<unknown>][] = [
        ...[
          'POST /api/contact-submissions',
          'POST /API/Contact-Submissions/',
          'PUT /api/contact-submissions',
          `PUT /api/contact-submissions/${submission}`,
          'PATCH /api/contact-submissions',
          'POST /api/contact-submissions/none',
        ].map((request): [string, () => Promise<unknown>] => [
          `multipart to ${request.replace(submission, ':id')}`,
          () => target.as('stranger', request, { form: curriculum() }),
        ]),
      ];
      const probes: Probe[] = [];
      for (const [what, send] of sends) probes.push(await leaves(target, what, send));
      const away = await leaves(target, 'a sender who goes away in the middle', () => goAway(target));
      // Strapi tidies up after these.
      probes.push({ ...away, guardedOnly: true });
      return probes;
    },
  },
];

/** What the plugin keeps on the disk of the site. */
export const inStore = (target: Target): Probe => {
  const store = path.join(target.site.app, '.form-guard');
  const held = fs.existsSync(store)
    ? fs
        .readdirSync(store, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
        .map((file) => `${file} ${fs.readFileSync(file, 'latin1')}`)
    : [];
  return { ...found(`${held.length} files in the sealed store`, held.join('\n'), ONLY_SECRET), guardedOnly: true };
};

/** Names and contents of the files in the public folder. */
export const onDisk = (target: Target): Probe => {
  const names = uploaded(target);
  const held = names.map((name) => `${name} ${fs.readFileSync(path.join(uploads(target), name), 'latin1')}`).join('\n');
  return { ...found('the folder of uploads', held, ONLY_SECRET), atRest: true };
};

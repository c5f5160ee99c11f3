/** What leaves with copies of the site: exports, transfers, console, database, log, and what deletion leaves. A long table. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { filesOf } from '../../helpers/canary';
import { client } from '../../helpers/database';
import { jsonOf } from '../site/ask';
import { plainExport } from '../site/exported';
import { LEAD, PETITION, PROTECT, SUBMISSION, TOPIC } from '../site/fixture';
import { found, gives, ONLY_SECRET, whileReading, type Probe } from '../site/probe';
import type { Row } from '../site/row';
import { leadOf, sendSubmission } from '../site/submissions';
import { dump } from '../site/sql';
import { RIGHT, SECRET, TRACES, type Target } from '../site/target';
import { openTransfer, STAGES } from '../site/transfer';
import { inStore, onDisk } from './files';

/** Somebody's whole e-mail address, as people paste it into a search. */
const PERSON = `${RIGHT}searched@example.org`;

export const exportOf = async (target: Target): Promise<{ text: string; code: number | null; file: string; remove(): void }> => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-export-'));
  const file = path.join(dir, 'site');
  const { code } = await target.site.command(['export', '--no-encrypt', '--no-compress', '--file', file], target.environment());
  const text = fs.existsSync(`${file}.tar`) ? fs.readFileSync(`${file}.tar`, 'latin1') : '';
  return { text, code, file: `${file}.tar`, remove: () => fs.rmSync(dir, { recursive: true, force: true }) };
};

/** Which form and which file a submission has, as exports write it. The topic is listed as plain. */
const SEALED_LINKS = ['form', 'attachment'].map((field) => `"type":"${SUBMISSION}","field":"${field}"`);

/** The database as a backup has it. */
const backup = async (target: Target): Promise<string> =>
  client === 'sqlite' ? filesOf(target.site.database.file ?? '') : dump(target.sql);

/** Sends a lead while lifecycles may be off, which hide its account number. */
const leadShows = async (target: Target, what: string): Promise<Probe> => {
  await target.as('stranger', 'POST /api/leads', { body: { data: leadOf() } });
  const { text } = await target.as('stranger', 'GET /api/leads');
  return found(what, `${text} ${await dump(target.sql)}`, [`${SECRET}iban`]);
};

/** As a staging site sends them; what is there already stays. */
const push = async (target: Target): Promise<Probe[]> => {
  const transfer = await openTransfer(target, 'push');
  const pushed = `${SECRET}pushed`;
  let said = 'ended';
  try {
    await transfer.command('init', { options: { strategy: 'restore', restore: {} }, checksums: false });
    await transfer.action('bootstrap');
    await transfer.push([
      {
        type: TOPIC,
        id: 901,
        data: { documentId: 'pushedtopicpushedtopic01', title: 'Pushed', publishedAt: new Date().toISOString() },
      },
      {
        type: SUBMISSION,
        id: 902,
        data: { documentId: 'pushedsubmissionpushed01', name: pushed, email: `${pushed}@example.org`, contact: { city: pushed } },
      },
    ]);
    await transfer.action('close');
  } catch (error) {
    said = String(error);
  } finally {
    await transfer.close();
  }
  const { text } = await target.as('stranger', 'GET /api/topics?pagination[pageSize]=100');
  const isTried = text.includes('Pushed');
  const probe = found(`pushed: ${said}`, await dump(target.sql), [pushed]);
  return [isTried ? probe : { ...probe, leaked: target.isGuarded, evidence: 'the topic of the push is not there' }];
};

/** Renames a table or column away, does something, puts it back. */
const whileMissing = async (
  target: Target,
  part: { table: string; column: string | undefined },
  run: () => Promise<unknown>,
): Promise<void> => {
  const { table, column } = part;
  const away = (name: string): string => `${name}_away`;
  const rename = (from: string, to: string): Promise<unknown> =>
    column
      ? target.sql.schema.alterTable(table, (one) => void one.renameColumn(from, to))
      : target.sql.schema.renameTable(from, to);
  const name = column ?? table;
  await rename(name, away(name));
  try {
    await run();
  } finally {
    await rename(away(name), name);
  }
};

export const operations: Row[] = [
  {
    id: 'P65',
    what: 'strapi export',
    note: 'Links of the attribute that the site listed as plain may be in it; links of rows from before are, without their values, until the rows are moved.',
    reads: true,
    async attack(target) {
      const { text, code, remove } = await exportOf(target);
      remove();
      const isWhole = text.includes('Roads');
      const what = `export ended with ${code}`;
      if (!isWhole) return [{ what, kind: 'DATA', leaked: target.isGuarded, evidence: 'the pages of the site are not in it' }];
      return [found(what, text), { ...found('links in the export', text, SEALED_LINKS, 'META'), atRest: true }];
    },
  },
  {
    id: 'P66',
    what: 'strapi import brings the open permission; a push brings submissions',
    last: true,
    async attack(target) {
      const pushed = await push(target);
      const file = await plainExport();
      await target.stop();
      const { code, said } = await target.site.command(['import', '--force', '--file', file], target.environment());
      await target.start();
      const probe = await gives(target, 'stranger', 'GET /api/contact-submissions?populate=*');
      const row = (await target
        .sql('up_permissions')
        .where({ action: `${SUBMISSION}.find` })
        .first('id')) as object | undefined;
      const isTried = code === 0 && row !== undefined;
      const evidence = `the import ended with ${code}: ${said.slice(-600)}`;
      return [...pushed, isTried ? probe : { ...probe, leaked: target.isGuarded, evidence }];
    },
  },
  {
    id: 'P67',
    what: 'A transfer pulls everything',
    reads: true,
    async attack(target) {
      const probes: Probe[] = [];
      const transfer = await openTransfer(target, 'pull');
      try {
        const begun = await transfer.command('init', { options: {}, checksums: false });
        if (begun.error) return [found(`init: ${begun.error.message}`, '')];
        await transfer.action('bootstrap');
        for (const stage of STAGES) {
          const text = await transfer.pull(stage);
          const marker: Record<string, string> = {
            entities: 'Roads',
            links: TOPIC,
            configuration: 'plugin_upload',
            assets: 'town hall',
          };
          const isWhole = text.includes(marker[stage] ?? '');
          const traces = stage === 'links' ? SEALED_LINKS : TRACES;
          const isLinks = stage === 'links';
          const probe = {
            ...found(`pull ${stage}`, text, traces, isLinks ? 'META' : 'DATA'),
            ...(isLinks ? { atRest: true } : {}),
          };
          probes.push(
            isWhole ? probe : { ...probe, leaked: target.isGuarded, evidence: `WITHOUT ${marker[stage]}: ${text.slice(0, 300)}` },
          );
        }
        await transfer.command('end', { transferID: (begun.data as { transferID?: string } | null)?.transferID });
      } finally {
        await transfer.close();
      }
      return probes.filter(({ what }) => what !== 'pull configuration' || target.isGuarded);
    },
  },
  {
    id: 'P68',
    what: 'An open transfer socket turns all lifecycles off',
    reads: true,
    async attack(target) {
      const probes: Probe[] = [];
      for (const kind of ['pull', 'push'] as const) {
        const transfer = await openTransfer(target, kind);
        try {
          probes.push(await leadShows(target, `${kind} open, before init`));
          await transfer.command('init', { options: { strategy: 'restore', restore: {} }, checksums: false });
          probes.push(await leadShows(target, `${kind} open, after init`));
        } finally {
          await transfer.close();
        }
      }
      return probes;
    },
  },
  {
    id: 'P69',
    what: 'strapi console',
    reads: true,
    async attack(target) {
      const typed =
        `strapi.db.query('${SUBMISSION}').findMany({ populate: true })` +
        `.then((rows) => { console.log(JSON.stringify(rows)); console.log('that was all'); process.exit(0); })\n`;
      const { said } = await target.site.command(['console'], target.environment(), typed);
      const isTried = said.includes('that was all');
      const probe = found('db.query in the console', said);
      return [
        isTried ? probe : { ...probe, leaked: target.isGuarded, evidence: `the console did not answer: ${said.slice(-400)}` },
      ];
    },
  },
  {
    id: 'P70',
    what: 'The database file, a dump, a backup; the folder of uploads',
    reads: true,
    attack: async (target) => [{ ...found('the database', await backup(target)), atRest: true }, onDisk(target), inStore(target)],
  },
  {
    id: 'P71',
    what: 'Free pages of the database file after every row was deleted',
    note: 'SQLite only.',
    last: true,
    async attack(target) {
      const what = 'every row deleted, the file read';
      if (client !== 'sqlite') return [{ what, kind: 'KEEP', leaked: false, evidence: 'no SQLite', guardedOnly: true }];
      for (const table of ['contact_submissions', 'leads', 'components_shared_contact_details', 'files', 'form_guard_vault']) {
        if (await target.sql.schema.hasTable(table)) await target.sql(table).delete();
      }
      return [{ ...found(what, await backup(target), ONLY_SECRET, 'KEEP'), atRest: true }];
    },
  },
  {
    id: 'P72',
    what: 'Deleting a translated submission leaves its other languages',
    note: 'A translated type cannot be wrapped: the boot stops. So there is nothing to leave.',
    async attack(target) {
      if (target.isGuarded) {
        const protect = { ...PROTECT.protect, [PETITION]: {} };
        const process = await target.site.start(target.environment({ TEST_FORM_GUARD: JSON.stringify({ ...PROTECT, protect }) }));
        const hasStarted = process.port !== null;
        await process.stop();
        const sentence = /Form Guard[^\n]*petition[^\n]*/i.exec(process.said())?.[0] ?? process.said().slice(-300);
        return [{ what: 'wrapping a translated type', kind: 'KEEP', leaked: hasStarted, evidence: sentence }];
      }
      const what = 'deleted in the default language';
      await target.as('boss', 'POST /i18n/locales', { body: { code: 'nl', name: 'Dutch', isDefault: false } });
      const data = { wish: `${SECRET}wish`, email: `${SECRET}petition@example.org` };
      const made = jsonOf<{ data: { documentId: string } }>(
        await target.as('fullAccess', 'POST /api/petitions', { body: { data } }),
      );
      const { documentId } = made.data;
      await target.as('fullAccess', `PUT /api/petitions/${documentId}?locale=nl`, { body: { data: { wish: `${SECRET}wens` } } });
      await target.as('fullAccess', `DELETE /api/petitions/${documentId}`);
      const left: unknown = await target.sql('petitions').where({ document_id: documentId });
      return [found(what, JSON.stringify(left), [`${SECRET}petition`], 'KEEP')];
    },
  },
  {
    id: 'P73',
    what: 'Draft and publish: two rows each, and what was unpublished stays',
    reads: true,
    async attack(target) {
      const { lead } = target.ids;
      const rows = (await target.sql('leads').where({ document_id: lead })) as object[];
      const second: Probe = {
        ...found(`${rows.length} rows of one lead`, JSON.stringify(rows[1] ?? ''), ONLY_SECRET, 'KEEP'),
        atRest: true,
      };
      await target.as('boss', `POST /content-manager/collection-types/${LEAD}/${lead}/actions/unpublish`, { body: {} });
      const withdrawn = await gives(target, 'fullAccess', `GET /api/leads/${lead}?status=draft`);
      await target.as('boss', `POST /content-manager/collection-types/${LEAD}/${lead}/actions/publish`, { body: {} });
      return [second, withdrawn];
    },
  },
  {
    id: 'P74',
    what: 'Searching for a person writes their address into the log',
    reads: true,
    async attack(target) {
      const query = `{contactSubmissions(filters:{email:{eq:"${PERSON}"}}){documentId}}`;
      const searches: [Parameters<Target['as']>[0], string][] = [
        ['stranger', `GET /api/contact-submissions?filters[email][$eq]=${PERSON}`],
        ['stranger', `GET /api/topics?filters[submissions][email][$eq]=${PERSON}`],
        ['stranger', `GET /api/articles?filters[topic][submissions][email][$eq]=${PERSON}`],
        ['stranger', `GET /graphql?query=${encodeURIComponent(query)}`],
        ['editor', `GET /content-manager/collection-types/${SUBMISSION}?_q=${PERSON}`],
        ['topics', `GET /content-manager/collection-types/${TOPIC}?filters[submissions][email][$eq]=${PERSON}`],
        ['boss', `GET /content-manager/relations/${TOPIC}/submissions?_q=${PERSON}`],
        ['stranger', `GET /uploads/${PERSON}_0123456789.txt`],
      ];
      const probes: Probe[] = [];
      for (const [person, request] of searches) {
        const said = await whileReading(target.said, () => target.as(person, request));
        probes.push(
          found(`the log after ${person}: ${request.replace(PERSON, '…')}`, said, [PERSON, encodeURIComponent(PERSON)]),
        );
      }
      return probes;
    },
  },
  {
    id: 'P75',
    what: 'A failing database writes values into the log',
    note: 'Not on PostgreSQL, whose errors have no values in them.',
    reads: true,
    async attack(target) {
      const drifted = [{ table: 'contact_submissions', column: 'message' }];
      // Plain Strapi ends when a whole table is missing: what fails beside its first query, nobody catches.
      const missing = ['contact_submissions', 'contact_submissions_topic_lnk', 'form_guard_vault', 'form_guard_digests'];
      const parts = [...drifted, ...(target.isGuarded ? missing.map((table) => ({ table, column: undefined })) : [])];
      const probes: Probe[] = [];
      for (const part of parts) {
        const what = `without ${part.table}${part.column ? `.${part.column}` : ''}`;
        const said = await whileReading(target.said, () =>
          whileMissing(target, part, async () => {
            const { text } = await sendSubmission(target, { topic: target.ids.topic });
            probes.push({ ...found(`the answer ${what}`, text), guardedOnly: true });
          }),
        );
        probes.push({
          ...found(`the log ${what}`, said, ONLY_SECRET),
          guardedOnly: part.column === undefined || client === 'postgres',
        });
      }
      return probes;
    },
  },
];

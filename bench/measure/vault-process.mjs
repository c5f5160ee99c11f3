/**
 * A Strapi for benchmarks of the vault: fills it, changes keys, works on it, searches it, and does to the same rows what a site
 * would do that seals nothing.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { answers } from './answers.mjs';

process.on('disconnect', () => process.exit());

const app = process.env.BENCH_APP;
const require = createRequire(path.join(app, 'package.json'));
const { createStrapi } = require('@strapi/strapi');
const server = (name) => require(path.join(app, '../../dist/server', name));

// Taken before the plugin takes it out of the environment.
const rootKeys = server('encryption/root-keys.js').parseRootKeys(process.env.FORM_GUARD_KEYS);
const strapi = await createStrapi({ appDir: app, distDir: app, serveAdminPanel: false }).load();
const { vaultOf } = server('vault/index.js');
const { updateMany } = server('vault/update-many.js');
const table = (name) => strapi.db.connection(name);
const BATCH = 500;
const ENQUIRY = 'api::enquiry.enquiry';
/** As the vault asks for record ids. */
const LOOK_UP = { select: ['documentId'], orderBy: { id: 'desc' }, limit: 1000 };
const EMAIL = { field: 'email', kind: 'text', part: 'whole' };

const sealerOfItsOwn = () => {
  const { createKeyring } = server('encryption/keyring.js');
  const { createSealer } = server('encryption/sealer.js');
  const { createLocalProvider } = server('encryption/key-providers/local.js');
  const { createDataKeyStore } = server('vault/data-key-store.js');
  const store = createDataKeyStore(strapi);
  const providers = [createLocalProvider(rootKeys)];
  return createSealer(createKeyring({ providers, store, lifetimeMs: 600_000, now: () => performance.now() }));
};

const STATES = ['new', 'open', 'done', 'spam'];
/** As an inbox is that people work with: a third is given to somebody, a third has a day. */
const handling = (row) => ({
  state: STATES[row % STATES.length],
  assigned_to: row % 3 === 0 ? 1 : null,
  due_on: row % 3 === 1 ? `2026-0${1 + (row % 9)}-10` : null,
});

const asked = {
  listen: () =>
    new Promise((resolve) => {
      const listening = strapi.server.listen(0, '127.0.0.1', () => resolve({ port: listening.address().port }));
    }),

  /** A form, and submissions as the intake would have sealed them. */
  async fill({ rows, slug = 'complaint' }) {
    const form = await strapi.documents('plugin::form-guard.form').create({
      data: {
        title: 'Complaint',
        slug,
        open: true,
        fields: Object.keys(answers(0)).map((name) => ({
          name,
          label: name,
          type: name === 'message' ? 'longText' : 'text',
          required: false,
          searchable: name === 'email',
        })),
      },
    });
    const formOrType = `form:${form.documentId}`;
    await vaultOf(strapi).readyKeys(formOrType);
    const sealer = sealerOfItsOwn();
    for (let row = 0; row < rows;) {
      const [records, digests] = [[], []];
      for (; records.length < 1000 && row < rows; row += 1) {
        const recordId = `BENCH${String(row).padStart(11, '0')}`;
        const sealed = await sealer.seal({ formOrType, recordId, part: 'values' }, answers(row));
        const [{ digest, keyId }] = await sealer.digests(formOrType, [EMAIL], answers(row));
        const shared = { record_id: recordId, form_or_type: formOrType };
        records.push({ ...shared, ...handling(row), received_at: new Date(), sealed, key_id: sealed.split('.')[1] });
        digests.push({ ...shared, ...EMAIL, digest, key_id: keyId });
      }
      await strapi.db.connection.batchInsert('form_guard_vault', records, 100);
      await strapi.db.connection.batchInsert('form_guard_digests', digests, 100);
    }
    return formOrType;
  },

  /** As many rows of a type that seals nothing, with an index on the column that is looked up. */
  async fillPlain({ rows }) {
    const { tableName } = strapi.db.metadata.get(ENQUIRY);
    for (let row = 0; row < rows; row += 1000) {
      const some = Array.from({ length: Math.min(1000, rows - row) }, (_, number) => {
        const { subject, name, email, phone, message } = answers(row + number);
        return { document_id: `bench${String(row + number).padStart(19, '0')}`, subject, name, email, phone, message };
      });
      await strapi.db.connection.batchInsert(tableName, some, 100);
    }
    await strapi.db.connection.schema.alterTable(tableName, (columns) => columns.index(['email'], 'bench_email'));
    if (strapi.db.dialect.client === 'postgres') await strapi.db.connection.raw('analyze');
  },

  /** The same questions to both, in turns: milliseconds for one, and how many were found. */
  async search({ formOrType, rows, rounds, atOnce }) {
    const sides = {
      with: async (email) => (await vaultOf(strapi).search(formOrType, EMAIL, email)).length,
      without: async (email) => (await strapi.db.query(ENQUIRY).findMany({ ...LOOK_UP, where: { email } })).length,
    };
    const times = { with: [], without: [] };
    let found = 0;
    for (let round = -5; round < rounds; round += 1) {
      const emails = Array.from({ length: atOnce }, () => answers(Math.floor(Math.random() * rows)).email);
      for (const side of round % 2 === 0 ? ['with', 'without'] : ['without', 'with']) {
        const started = performance.now();
        for (const email of emails) found += await sides[side](email);
        if (round >= 0) times[side].push((performance.now() - started) / atOnce);
      }
    }
    return { ...times, isWhole: found === 2 * (rounds + 5) * atOnce };
  },

  /** An admin user who may read these. @returns a token as the admin panel uses it */
  async reader({ formsOrTypes }) {
    const { id: role } = await strapi.db.query('admin::role').findOne({ where: { code: 'strapi-super-admin' } });
    const user = await strapi.service('admin::user').create({
      email: 'reader@example.org',
      firstname: 'Bench',
      lastname: 'Reader',
      password: 'Correct-Horse-1',
      isActive: true,
      registrationToken: null,
      roles: [role],
    });
    const { nameReaders } = server('disclosure/grants.js');
    const system = { kind: 'system', id: null, name: null };
    for (const formOrType of formsOrTypes)
      await nameReaders(strapi, { formOrType, people: [user.id], until: null, fields: null }, system);
    if (strapi.db.dialect.client === 'postgres') await strapi.db.connection.raw('analyze');
    const sessions = strapi.sessionManager('admin');
    const { token } = await sessions.generateRefreshToken(String(user.id), 'bench', { type: 'refresh' });
    return (await sessions.generateAccessToken(token)).token;
  },

  rotate: ({ formOrType }) => vaultOf(strapi).keys.rotate(formOrType, { kind: 'system', id: null, name: null }),

  /** @returns the milliseconds of sealing everything anew, and with everything opened once more behind it */
  async work({ formOrType }) {
    const started = performance.now();
    let sealed = 0;
    const note = ({ bindings }) => {
      if (bindings?.includes('checking')) sealed ||= performance.now() - started;
    };
    strapi.db.connection.on('query', note);
    await vaultOf(strapi).worker.start();
    strapi.db.connection.off('query', note);
    const { job } = await vaultOf(strapi).keys.summarise(formOrType);
    return { sealed, all: performance.now() - started, job };
  },

  /** The same rows and columns in the same batches, by the same statements, with texts and key ids that were made before. */
  async bareUpdate({ formOrType }) {
    const tables = [
      { table: 'form_guard_vault', column: 'sealed' },
      { table: 'form_guard_digests', column: 'digest' },
    ];
    const reversed = (text, from) => `${text.slice(0, from)}${text.slice(from).split('').reverse().join('')}`;
    const all = [];
    for (const { table: name, column } of tables) {
      const rows = await table(name).where({ form_or_type: formOrType }).select('id', column, 'key_id').orderBy('id');
      const before = rows.map((row) => ({ id: row.id, value: row[column] }));
      // Of an envelope only what stands behind the id of its key.
      const after = before.map(({ id, value }) => ({ id, value: reversed(value, column === 'sealed' ? 27 : 0) }));
      const keyIds = { before: rows[0].key_id, after: reversed(rows[0].key_id, 0) };
      all.push({ target: { table: name, column }, keyIds, before, after });
    }
    const update = async (which) => {
      const started = performance.now();
      for (let at = 0; at < all[0][which].length; at += BATCH) {
        await strapi.db.transaction(async ({ trx }) => {
          for (const one of all)
            await updateMany(strapi, trx, { ...one.target, keyId: one.keyIds[which] }, one[which].slice(at, at + BATCH));
        });
      }
      return performance.now() - started;
    };
    const ms = await update('after');
    await update('before');
    return ms;
  },

  /** So that neither is measured on what the other left behind. */
  async tidy() {
    if (strapi.db.dialect.client !== 'postgres') return;
    for (const name of ['form_guard_vault', 'form_guard_digests']) await strapi.db.connection.raw(`VACUUM FULL ANALYZE ${name}`);
    await strapi.db.connection.raw('CHECKPOINT');
  },

  job: async ({ formOrType }) => (await vaultOf(strapi).keys.summarise(formOrType)).job,

  /** Opens everything, counts everything. */
  async examine({ formOrType, references }) {
    const { submissions } = await vaultOf(strapi).examine(formOrType);
    const where = { form_or_type: formOrType };
    const ids = new Set((await table('form_guard_vault').where(where).select('record_id')).map((row) => row.record_id));
    return {
      total: submissions.total,
      broken: [...submissions.broken.values()].flat().length,
      different: ids.size,
      missing: references.filter((reference) => !ids.has(reference)).length,
      keys: (await table('form_guard_vault').where(where).distinct('key_id')).length,
      digests: Number((await table('form_guard_digests').where(where).count({ n: '*' }))[0].n),
      digestKeys: (await table('form_guard_digests').where(where).distinct('key_id')).length,
    };
  },

  async stop() {
    await strapi.destroy();
    process.exit();
  },
};

process.on('message', async ({ id, deed, details }) => {
  try {
    const answer = await asked[deed](details);
    if (process.connected) process.send({ id, answer });
  } catch (error) {
    process.send({ id, failure: error.stack });
  }
});
process.send({ id: 'booted', answer: {} });

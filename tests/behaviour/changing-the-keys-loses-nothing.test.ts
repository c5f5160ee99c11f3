/**
 * New keys: what comes is under them at once, what is there follows, whole, while people send and code changes. Killed in the
 * middle it goes on where it was. An older key is destroyed when nothing needs it, and not before.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { vaultOf } from '../../server/src/vault';
import {
  attachmentConfig,
  filePart,
  listen,
  multipart,
  png,
  REPORT,
  REPORTS,
  send,
  storedFiles,
  textPart,
} from '../helpers/attachments';
import { canary } from '../helpers/canary';
import { command } from '../helpers/command';
import { serve } from '../helpers/process';
import {
  adminPerson,
  as,
  COMPLAINT,
  CONTACT,
  readsForm,
  startStrapi,
  tick,
  type AdminPerson,
  type Running,
} from '../helpers/strapi';

interface Keys {
  formOrType: string;
  older: number;
  work: { phase: string; total: number; done: number; unreadable: number } | null;
}
const own = attachmentConfig();
let running: Running;
let boss: AdminPerson;
let form: string;
let report: string;
let port: number;

beforeAll(async () => {
  running = await startStrapi({ config: own.config });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  const make = async (body: object) =>
    ((await as(running, boss).post('/form-guard/forms', body).expect(201)).body as { data: { id: string } }).data.id;
  form = await make(COMPLAINT);
  report = await make(REPORT);
  await tick(running.strapi, `${CONTACT}.create`);
  for (const source of [form, report, CONTACT]) await readsForm(running, boss, source, [boss]);
  port = await listen(running);
});
afterAll(async () => {
  await running.stop();
  own.remove();
});

const FORM = '/api/form-guard/forms/police-complaint/submissions';
const complain = async (name: string): Promise<string> => {
  const body = { name, email: `${name}@example.org`, message: `${name} saw it.` };
  const answer = await running.http.post(FORM).send(body).expect(201);
  return (answer.body as { data: { reference: string } }).data.reference.replaceAll('-', '');
};
const writeContact = async (name: string): Promise<string> => {
  const data = { name, email: `${name}@example.org`, subject: 'complaint', message: name };
  return ((await running.strapi.documents(CONTACT as never).create({ data } as never)) as { documentId: string }).documentId;
};
const opened = async (source: string, recordId: string): Promise<Record<string, unknown>> => {
  const { body } = await as(running, boss).post(`/form-guard/inbox/${source}/${recordId}/open`).expect(200);
  const { fields } = (body as { data: { fields: { name: string; value: unknown }[] } }).data;
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
};
const found = async (source: string, email: string): Promise<string[]> => {
  const { body } = await as(running, boss)
    .post(`/form-guard/inbox/${source}/search`, { field: 'email', value: email })
    .expect(200);
  return (body as { data: { recordId: string }[] }).data.map(({ recordId }) => recordId);
};
const rotate = (source: string) => as(running, boss).post(`/form-guard/keys/${source}/rotate`).expect(200);
const keysOf = async (source: string): Promise<Keys> => {
  const { body } = await as(running, boss).get('/form-guard/keys').expect(200);
  const all = (body as { data: Keys[] }).data;
  return all.find(({ formOrType }) => formOrType === source) as Keys;
};
const finished = async (source: string): Promise<Keys> => {
  for (let tries = 0; tries < 4000; tries += 1) {
    const keys = await keysOf(source);
    if (keys.work?.phase === 'done') return keys;
    await pause(25);
  }
  throw new Error('The work does not end');
};
/** Which keys what is stored was sealed under, by the values themselves. */
const keysInUse = async (source: string): Promise<string[]> => {
  const rows = (await running.strapi.db
    .connection('form_guard_vault')
    .where({ form_or_type: source })
    .select('sealed', 'key_id')) as {
    sealed: string;
    key_id: string;
  }[];
  for (const { sealed, key_id: keyId } of rows) expect(sealed.split('.')[1]).toBe(keyId);
  return [...new Set(rows.map((row) => row.key_id))];
};
const currentKey = async (source: string, purpose = 'values'): Promise<string> => {
  const where = { form_or_type: source, purpose, state: 'current' };
  return ((await running.strapi.db.connection('form_guard_data_keys').where(where).first()) as { key_id: string }).key_id;
};

describe.each([
  ['a form', () => form, complain],
  ['a wrapped type', () => CONTACT, writeContact],
])('%s', (_what, sourceOf, write) => {
  test('everything is sealed anew, opens, and is found, and the older key is destroyed then and not before', async () => {
    const source = sourceOf();
    const records = new Map<string, string>();
    for (let number = 0; number < 230; number += 1) {
      const name = canary(`r${number}`);
      records.set(await write(name), name);
    }
    const before = await currentKey(source);
    expect(await keysInUse(source)).toEqual([before]);

    await rotate(source);
    const refused = await as(running, boss).post(`/form-guard/keys/${source}/destroy-older`);
    if (refused.status !== 200) expect([refused.status, refused.text]).toEqual([403, expect.stringMatching(/still needed/)]);
    const during = canary('during');
    records.set(await write(during), during);
    const done = await finished(source);
    expect(done.work).toMatchObject({ total: 230, done: 230, unreadable: 0 });

    const now = await currentKey(source);
    expect(now).not.toBe(before);
    expect(await keysInUse(source)).toEqual([now]);
    for (const [recordId, name] of [...records].filter((_, index) => index % 3 === 0))
      expect(await opened(source, recordId)).toMatchObject({ name, email: `${name}@example.org` });
    for (const [recordId, name] of [...records].slice(-20))
      expect(await found(source, `${name.toUpperCase()}@Example.org `)).toEqual([recordId]);
    const digests = await running.strapi.db.connection('form_guard_digests').where({ form_or_type: source }).select('key_id');
    expect(digests.map((row: { key_id: string }) => row.key_id)).toEqual(digests.map(() => expect.any(String)));
    expect(new Set(digests.map((row: { key_id: string }) => row.key_id))).toEqual(new Set([await currentKey(source, 'search')]));
    expect(digests).toHaveLength(records.size);

    await as(running, boss).post(`/form-guard/keys/${source}/destroy-older`).expect(200);
    expect(await keysOf(source)).toMatchObject({ older: 0 });
    const destroyed = await running.strapi.db
      .connection('form_guard_data_keys')
      .where({ form_or_type: source, state: 'destroyed' });
    expect(destroyed.map(({ wrapped }: { wrapped: string }) => wrapped)).toEqual(['', '']);
    const [recordId, name] = [...records][0] as [string, string];
    expect(await opened(source, recordId)).toMatchObject({ name });
  });
});

test('what code changes while everything is sealed anew is neither lost nor overwritten', async () => {
  const documents = running.strapi.documents(CONTACT as never) as unknown as {
    update(params: object): Promise<unknown>;
    delete(params: object): Promise<unknown>;
  };
  const ids: string[] = [];
  for (let number = 0; number < 250; number += 1) ids.push(await writeContact(canary(`c${number}`)));
  await rotate(CONTACT);
  const changed = new Map<string, string>();
  const erased: string[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    const documentId = ids[(turn * 37) % ids.length] as string;
    if (turn % 6 === 0) {
      await documents.delete({ documentId });
      erased.push(documentId);
      changed.delete(documentId);
    } else if (!erased.includes(documentId)) {
      const message = canary(`changed${turn}`);
      await documents.update({ documentId, data: { message } });
      changed.set(documentId, message);
    }
  }
  await finished(CONTACT);
  expect(await keysInUse(CONTACT)).toEqual([await currentKey(CONTACT)]);
  for (const [documentId, message] of changed) expect(await opened(CONTACT, documentId)).toMatchObject({ message });
  for (const documentId of erased) await as(running, boss).post(`/form-guard/inbox/${CONTACT}/${documentId}/open`).expect(404);
  for (const documentId of ids.filter((id) => !erased.includes(id) && !changed.has(id))) await opened(CONTACT, documentId);
});

test('keys that are changed again and again wait for nobody for ever, and nobody for them', async () => {
  let isOver = false;
  const written: string[] = [];
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (let number = 0; !isOver; number += 1) written.push(await complain(canary(`again${writer}x${number}`)));
  });
  for (let turn = 0; turn < 12; turn += 1) {
    await rotate(form);
    await pause(40);
  }
  isOver = true;
  await Promise.all(writers);
  await finished(form);
  expect(written.length).toBeGreaterThan(12);
  expect(await keysInUse(form)).toEqual([await currentKey(form)]);
  await as(running, boss).post(`/form-guard/keys/${form}/destroy-older`).expect(200);
});

test('attachments are sealed anew, and what they were before goes', async () => {
  const marks = Array.from({ length: 5 }, (_, number) => canary(`file${number}`));
  const records: string[] = [];
  for (const mark of marks) {
    const parts = multipart(
      textPart('name', mark),
      filePart('evidence', `${mark}.png`, png(mark.repeat(20_000))),
      filePart('evidence', 'b.png', png(mark)),
    );
    const answer = await send(port, REPORTS, parts);
    expect(answer?.status).toBe(201);
    records.push((JSON.parse(answer?.text ?? '') as { data: { reference: string } }).data.reference.replaceAll('-', ''));
  }
  const before = storedFiles(own.folder);
  await rotate(report);
  expect((await finished(report)).work).toMatchObject({ total: 15, done: 15, unreadable: 0 });
  for (let tries = 0; tries < 100 && storedFiles(own.folder).some((file) => before.includes(file)); tries += 1) await pause(25);
  const after = storedFiles(own.folder);
  expect(after).toHaveLength(before.length);
  expect(after.filter((file) => before.includes(file))).toEqual([]);
  await as(running, boss).post(`/form-guard/keys/${report}/destroy-older`).expect(200);
  for (const [index, recordId] of records.entries()) {
    const { evidence } = (await opened(report, recordId)) as { evidence: { file: string; name: string }[] };
    const sizes: number[] = [];
    for (const { file } of evidence) {
      const { body } = await as(running, boss).post(`/form-guard/inbox/${report}/${recordId}/files/${file}`).expect(200);
      expect((body as Buffer).includes(marks[index] as string)).toBe(true);
      sizes.push((body as Buffer).length);
    }
    expect(Math.max(...sizes)).toBeGreaterThan(20_000 * 10);
  }
  const environment = { TEST_FORM_GUARD: JSON.stringify(own.config) };
  const rights = () => running.strapi.db.query('admin::permission').findMany({ orderBy: { id: 'asc' } });
  const rightsBefore = await rights();
  const well = await command(['doctor'], environment);
  expect([well.code, well.out]).toEqual([
    0,
    expect.stringContaining(`${report}: 5 submissions, 0 do not open; 10 attachments, 0 do not open`),
  ]);
  const lost = await command(['doctor'], { ...environment, FORM_GUARD_KEYS: `test:${randomBytes(32).toString('base64')}` });
  expect([lost.code, lost.out]).toEqual([
    1,
    expect.stringContaining('5 submissions, 5 do not open; 10 attachments, 10 do not open'),
  ]);
  expect(lost.out).toContain('  10 because the root key is not there: ');
  // The doctor changes nothing, in Strapi's own tables neither.
  expect(await rights()).toEqual(rightsBefore);
});

test('an attachment that was on its way all the while is sealed anew later, and is not stored under a destroyed key', async () => {
  const vault = vaultOf(running.strapi);
  const mark = canary('slow');
  const onItsWay = async (recordId: string) => {
    const belongs = { formOrType: report, recordId, field: 'evidence' };
    const pieces = async function* (): AsyncGenerator<Buffer> {
      yield png(mark);
    };
    return vault.files.receive(belongs, pieces());
  };
  const recordOf = (recordId: string, file: Awaited<ReturnType<typeof onItsWay>>) => ({
    formOrType: report,
    recordId,
    values: { name: mark, evidence: [{ file: file.fileId, name: 'a.png', type: 'image/png', bytes: png(mark).length }] },
    search: [],
    files: [file],
  });
  const late = await onItsWay('SLOWSLOWSLOW0001');
  const lost = await onItsWay('SLOWSLOWSLOW0002');
  await rotate(report);
  await finished(report);
  await vault.store(recordOf('SLOWSLOWSLOW0001', late));
  await as(running, boss).post(`/form-guard/keys/${report}/destroy-older`).expect(403);
  await vault.worker.start();
  await finished(report);
  await as(running, boss).post(`/form-guard/keys/${report}/destroy-older`).expect(200);
  const { body } = await as(running, boss).post(`/form-guard/inbox/${report}/SLOWSLOWSLOW0001/files/${late.fileId}`).expect(200);
  expect((body as Buffer).includes(mark)).toBe(true);
  await expect(vault.store(recordOf('SLOWSLOWSLOW0002', lost))).rejects.toMatchObject({
    code: 'DATA_KEY_DESTROYED',
    status: 503,
  });
  expect(await vault.has(report, 'SLOWSLOWSLOW0002')).toBe(false);
});

test('what does not open is left as it is, is counted, and keeps the older key', async () => {
  const [good, bad] = [await complain(canary('good')), await complain(canary('bad'))];
  const table = () => running.strapi.db.connection('form_guard_vault').where({ record_id: bad });
  const { sealed } = (await table().first()) as { sealed: string };
  const damaged = `${sealed.slice(0, -3)}${sealed.endsWith('AAA') ? 'BBB' : 'AAA'}`;
  await table().update({ sealed: damaged });
  await rotate(form);
  expect((await finished(form)).work).toMatchObject({ unreadable: 1 });
  expect(((await table().first()) as { sealed: string }).sealed).toBe(damaged);
  const { text } = await as(running, boss).post(`/form-guard/keys/${form}/destroy-older`).expect(403);
  expect(text).toContain('1 submission and 0 attachments are sealed under them');
  // Put back, it opens as before, and follows the next time.
  await table().update({ sealed });
  await opened(form, bad);
  await rotate(form);
  expect((await finished(form)).work).toMatchObject({ total: expect.any(Number), unreadable: 0 });
  await opened(form, good);
  await opened(form, bad);
  await as(running, boss).post(`/form-guard/keys/${form}/destroy-older`).expect(200);
});

test('only somebody whose role may change keys sees or changes them, and it is on record', async () => {
  const editor = await adminPerson(running.strapi, 'Edith');
  await as(running, editor).get('/form-guard/keys').expect(403);
  await as(running, editor).post(`/form-guard/keys/${form}/rotate`).expect(403);
  await as(running, editor).post(`/form-guard/keys/${form}/destroy-older`).expect(403);
  await running.http.get('/form-guard/keys').expect(401);
  await as(running, boss).post('/form-guard/keys/form:nothing/rotate').expect(404);
  const { body } = await as(running, boss).get('/form-guard/audit?pageSize=100').expect(200);
  const sentences = (body as { data: { event: string; sentence: string }[] }).data.filter(({ event }) =>
    event.startsWith('keys.'),
  );
  expect(sentences.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['keys.rotated', 'keys.resealed', 'keys.destroyed']),
  );
});

test('killed five times while people send and two instances run, it ends, and every submission opens once', async () => {
  const env = {
    FORM_GUARD_KEYS: process.env.TEST_KEYS,
    TEST_FORM_GUARD: JSON.stringify(own.config),
    TEST_WITHOUT_FORM_GUARD: 'false',
  };
  const records = new Map<string, string>();
  for (let number = 0; number < 600; number += 1) {
    const name = canary(`k${number}`);
    records.set(await complain(name), name);
  }
  const older = await currentKey(form);
  // Not by this process: it is to be done by those that are killed.
  await vaultOf(running.strapi).worker.stop();
  await rotate(form);
  expect(await keysInUse(form)).toContain(older);

  let served = await serve(env);
  let isOver = false;
  const senders = (async () => {
    for (let number = 0; !isOver; number += 1) {
      const name = canary(`s${number}`);
      const answer = await fetch(`http://127.0.0.1:${served.port}${FORM}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, email: `${name}@example.org`, message: name }),
      }).catch(() => null);
      if (answer?.status === 201) {
        const { data } = (await answer.json()) as { data: { reference: string } };
        records.set(data.reference.replaceAll('-', ''), name);
      }
      await pause(50);
    }
  })();
  for (let kills = 0; kills < 5; kills += 1) {
    await pause(50 + Math.random() * 250);
    await served.kill('SIGKILL');
    served = await serve(env);
  }
  await finished(form);
  isOver = true;
  await senders;
  await served.kill('SIGTERM');

  expect(await keysInUse(form)).toEqual([await currentKey(form)]);
  const rows = (await running.strapi.db
    .connection('form_guard_vault')
    .where({ form_or_type: form, key_id: await currentKey(form) })
    .select('record_id')) as {
    record_id: string;
  }[];
  expect(new Set(rows.map((row) => row.record_id)).size).toBe(rows.length);
  const sample = [...records].filter((_, index) => index % 10 === 0 || index > records.size - 60);
  for (const [recordId, name] of sample) expect(await opened(form, recordId)).toMatchObject({ name });
  expect(rows.length).toBeGreaterThanOrEqual(records.size);
});

test('destroying the keys of a form makes its submissions unreadable for ever, and those that come later open', async () => {
  const gone = await complain(canary('gone'));
  const shredded = await vaultOf(running.strapi).keys.shred(form, { kind: 'system', id: null, name: null });
  expect(shredded.submissions).toBeGreaterThan(0);
  await as(running, boss).post(`/form-guard/inbox/${form}/${gone}/open`).expect(500);
  expect(await running.strapi.db.connection('form_guard_digests').where({ form_or_type: form })).toEqual([]);
  const name = canary('later');
  expect(await opened(form, await complain(name))).toMatchObject({ name });
});

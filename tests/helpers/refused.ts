/** What every refusal of a change must be: complete in a toast, with details for the dialog, before anything is written, on record. */
import { as, CONTACT, tick, type AdminPerson, type Running } from './strapi';

export interface Exposure {
  formOrType: string;
  label: string;
  submissions: number;
  since: string | null;
  effect: string;
  action: string;
  audience: string | null;
  sentence: string;
}
interface Refusal {
  name: string;
  message: string;
  details: { code: string; exposures: Exposure[]; saferWay: { formOrType: string; label: string; sentence: string } };
}
interface Entry {
  seq: number;
  event: string;
  sentence: string;
  actor: { kind: string; name: string | null };
}

export const SENDERS = ['Ada', 'Bob', 'Cyd'];

/** Three submissions to the contact form, as visitors send them. */
export const sendThree = async (running: Running): Promise<void> => {
  await tick(running.strapi, `${CONTACT}.create`);
  for (const name of SENDERS) {
    await running.http
      .post('/api/contacts')
      .send({ data: { name, email: `${name}@example.org` } })
      .expect(201);
  }
};

/** Strapi's upload plugin writes there by itself, some minutes after a first start. */
const isOfTheClock = ({ key }: { key?: unknown }): boolean => key === 'plugin_upload_metrics';

/** Every row of these tables. */
export const rowsOf = async ({ strapi }: Running, tables: string[]): Promise<string> => {
  const rows = await Promise.all(
    tables.map((table) => strapi.db.connection(table).select('*').orderBy('id') as Promise<{ key?: unknown }[]>),
  );
  return JSON.stringify(rows.map((ofOne) => ofOne.filter((row) => !isOfTheClock(row))));
};

const entriesOf = async (running: Running, boss: AdminPerson): Promise<Entry[]> => {
  const { body } = await as(running, boss).get('/form-guard/audit').expect(200);
  return (body as { data: Entry[] }).data;
};

interface Expected {
  /** One a line of the dialog. */
  sentences: string[];
  /** One a line of the dialog; several actions with commas between. */
  actions: string[];
  /** A part of the audit's sentence. */
  onRecord: string;
}
interface Actor {
  kind: string;
  name: string | null;
}
const BOSS: Actor = { kind: 'admin', name: 'boss@example.org (Boss Example)' };
const NOBODY: Actor = { kind: 'system', name: null };

const expectComplete = (error: Refusal, { sentences, actions }: Expected): void => {
  expect(error.details).toMatchObject({ code: 'VISIBILITY_CHANGE_REFUSED' });
  expect(error.details.exposures.map(({ sentence }) => sentence)).toEqual(sentences);
  expect(error.details.exposures.map(({ action }) => action)).toEqual(actions);
  for (const { formOrType, submissions, since } of error.details.exposures) {
    expect([formOrType, submissions]).toEqual([CONTACT, SENDERS.length]);
    expect(Date.parse(since ?? '')).toBeLessThanOrEqual(Date.now());
  }
  const { sentence, ...place } = error.details.saferWay;
  expect(place).toEqual({ formOrType: CONTACT, label: 'Contact form' });
  expect(error.message).toBe(`${sentences.join(' ')} Form Guard stopped this: nothing was saved. ${sentence}`);
};

/** `state` is read before and after, and must not change. */
const expectRefused = async (
  running: Running,
  boss: AdminPerson,
  state: () => Promise<string>,
  attempt: () => Promise<Refusal>,
  { expected, actor }: { expected: Expected; actor: Actor },
): Promise<void> => {
  const before = await state();
  const [newest] = await entriesOf(running, boss);
  expectComplete(await attempt(), expected);
  expect(await state()).toBe(before);
  const added = (await entriesOf(running, boss)).filter(({ seq }) => seq > (newest?.seq ?? 0));
  expect(added.length).toBeGreaterThan(0);
  for (const entry of added) expect(entry).toMatchObject({ event: 'visibility.refused', actor });
  expect(added.map(({ sentence }) => sentence).join(' ')).toContain(expected.onRecord);
};

/** Over HTTP, by the super admin. */
export const expectRefusedByHttp = (
  running: Running,
  boss: AdminPerson,
  state: () => Promise<string>,
  attempt: () => PromiseLike<{ status: number; body: unknown }>,
  expected: Expected,
): Promise<void> => {
  const answer = async (): Promise<Refusal> => {
    const { status, body } = await attempt();
    const { error } = body as { error: Refusal };
    expect([status, error.name]).toEqual([403, 'PolicyError']);
    return error;
  };
  return expectRefused(running, boss, state, answer, { expected, actor: BOSS });
};

/** From code, by nobody who is signed in. */
export const expectRefusedInCode = (
  running: Running,
  boss: AdminPerson,
  state: () => Promise<string>,
  attempt: () => Promise<unknown>,
  expected: Expected,
): Promise<void> => {
  const thrown = (): Promise<Refusal> =>
    attempt().then(
      () => Promise.reject(new Error('It was not refused')),
      (refusal: unknown) => refusal as Refusal,
    );
  return expectRefused(running, boss, state, thrown, { expected, actor: NOBODY });
};

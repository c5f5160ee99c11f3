/** What whoever writes to the database makes of the readers and of the record, and what a reader's spreadsheet makes of answers. */
import { mapValues } from 'lodash';
import { cellsOf, PROGRAMS, runs } from '../../helpers/spreadsheet';
import { jsonOf, type Answer } from '../site/ask';
import { SUBMISSION } from '../site/fixture';
import { found, gives, type Probe } from '../site/probe';
import type { Row } from '../site/row';
import { formOf, mustBe, nameReader, newest, personOf, sendSubmission } from '../site/submissions';
import type { Target } from '../site/target';
import { READ } from './admin-panel';

type Stored = Record<string, unknown> & { id: number; seq: number };

const INBOX = `/form-guard/inbox/${SUBMISSION}`;
const LISTED = `GET /content-manager/collection-types/${SUBMISSION}`;
/** Of the record, what version 0.1 read anew each time that the page was opened. */
const NEWEST = 2000;
const SENT = 100;

/** Reading submissions is given to a role of the admin, and taken away, on its screen. @returns what SQL puts back */
const takenRight = async (target: Target): Promise<() => Promise<void>> => {
  const { sql } = target;
  const role = (await sql('admin_roles').where({ code: 'leaks-ticked' }).first('id')) as { id: number };
  const save = async (permissions: object[]): Promise<void> => {
    const request = `PUT /admin/roles/${role.id}/permissions`;
    mustBe('rights of a role', await target.as('boss', request, { body: { permissions } }), 200);
  };
  await save([READ]);
  const links = (await sql('admin_permissions_role_lnk').where({ role_id: role.id })) as { permission_id: number }[];
  const ids = links.map(({ permission_id: id }) => id);
  const rights = (await sql('admin_permissions').whereIn('id', ids)) as Record<string, unknown>[];
  await save([]);
  // Some databases hand JSON out as what it means, and take it as text.
  const asText = (value: unknown): unknown =>
    value !== null && typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value;
  return async () => {
    await sql('admin_permissions').insert(rights.map((right) => mapValues(right, asText)));
    await sql('admin_permissions_role_lnk').insert(links);
  };
};

/** @returns the grant of somebody who can read */
const named = async (target: Target, person: 'author', open: string): Promise<string> => {
  await nameReader(target, SUBMISSION, person);
  mustBe('opened by who was named', await target.as(person, open), 200);
  const { data } = jsonOf<{ data: { id: string; status: string; person: { id: number } }[] }>(
    await target.as('boss', `GET /form-guard/readers/${SUBMISSION}`),
  );
  const id = await personOf(target, person);
  return data.find(({ person: who, status }) => who.id === id && status === 'current')?.id ?? '';
};

const exported = async (target: Target, source: string, separator: string): Promise<Answer> => {
  const body = { reason: 'The ombudsman asked for all of it', format: 'csv', separator };
  return mustBe('an export', await target.as('boss', `POST /form-guard/inbox/${source}/export`, { body }), 200);
};
/** As the door gives it to a reader who may take it away. */
export const exportedTable = async (target: Target, separator = ','): Promise<string> => {
  await nameReader(target, SUBMISSION, 'boss');
  return (await exported(target, SUBMISSION, separator)).text;
};

const formulasIn = (csv: string): string[] =>
  PROGRAMS.flatMap((program) => [true, false].flatMap((mindsQuotes) => cellsOf(csv, program, mindsQuotes).filter(runs)));

const headOf = async (target: Target): Promise<number> =>
  Number(((await target.sql('form_guard_audit_head').first('seq')) as { seq: number }).seq);

/** So many openings that nobody looks at the first entries any more. */
const makeLongRecord = async (target: Target): Promise<void> => {
  const form = await formOf(target);
  await nameReader(target, form, 'boss');
  const body = { name: 'Jane', email: 'jane@example.org' };
  for (let sent = 0; sent < SENT; sent += 1)
    mustBe('to the form', await target.ask('POST /api/form-guard/forms/complaint', { body }), 201);
  while ((await headOf(target)) < NEWEST + 2 * SENT) await exported(target, form, ',');
};

const saysSo = (what: string, { status, text }: Answer, isSaid: boolean): Probe => ({
  what,
  kind: 'BELIEF',
  leaked: !isSaid,
  evidence: `${status} ${text.slice(0, 300)}`,
});

export const readers: Row[] = [
  {
    id: 'P87',
    what: 'Writing SQL: a right that was taken away is put back as it was',
    async attack(target) {
      if (!target.isGuarded) {
        const putBack = await takenRight(target);
        const before = await gives(target, 'ticked', LISTED);
        if (before.leaked) throw new Error('the right was not taken');
        await putBack();
        return [await gives(target, 'ticked', LISTED, { called: 'SQL: INSERT the row of a right, then list' })];
      }
      const open = `POST ${INBOX}/${await newest(target, 'contact_submissions')}/open`;
      const grant = await named(target, 'author', open);
      const rows = (table: string, where: object): Promise<Stored[]> => target.sql(table).where(where) as never;
      const [row] = await rows('form_guard_grants', { grant_id: grant });
      mustBe('removed', await target.as('boss', `DELETE /form-guard/readers/${SUBMISSION}/${grant}`), 200);
      const [after] = await rows('form_guard_grants', { grant_id: grant });
      const [entry] = await rows('form_guard_audit', { event: 'reader.removed', record_id: grant });
      if (!row || !after || !entry) throw new Error('there is no grant, or no entry of its end');
      const put = (table: string, one: Stored): Promise<unknown> => target.sql(table).where({ id: one.id }).update(one);
      const probes: Probe[] = [];
      await put('form_guard_grants', row);
      for (const [what, change] of [
        ['the entry as it is', {}],
        ['the entry about another grant', { record_id: 'another' }],
        ['the entry about something else', { event: 'form.changed' }],
      ] as const) {
        await put('form_guard_audit', { ...entry, ...change });
        probes.push(
          await gives(target, 'author', open, { called: `SQL: UPDATE the row of a removed reader, ${what}, then open` }),
        );
      }
      await put('form_guard_audit', entry);
      await put('form_guard_grants', after);
      return probes;
    },
  },
  {
    id: 'P88',
    what: 'Writing SQL: what happened is changed, far below the newest entries',
    note: 'Strapi keeps no record of its own in this edition: who changed an entry last is all there is.',
    async attack(target) {
      if (!target.isGuarded) {
        const { submission } = target.ids;
        const updated_by_id = await personOf(target, 'author');
        await target.sql('contact_submissions').where({ document_id: submission }).update({ updated_by_id });
        const answer = await target.as('boss', `${LISTED}/${submission}`);
        const isBelieved = answer.text.includes('Staffauthor');
        return [saysSo('SQL: UPDATE who changed a submission, then look at it', answer, !isBelieved)];
      }
      await makeLongRecord(target);
      const open = (): Promise<Answer> => target.as('boss', `POST ${INBOX}/${openable}/open`);
      await nameReader(target, SUBMISSION, 'boss');
      const openable = await newest(target, 'contact_submissions');
      mustBe('opened', await open(), 200);
      const old = (await target.sql('form_guard_audit').orderBy('seq').first()) as Stored;
      const page = Math.ceil((await headOf(target)) / 50);
      await target.sql('form_guard_audit').where({ id: old.id }).update({ actor_name: 'Somebody Else' });
      const shown = await target.as('boss', `GET /form-guard/audit?page=${page}&pageSize=50`);
      const { data, chain } = jsonOf<{ data: { seq: number; isWritten: boolean }[]; chain: { intact: boolean } }>(shown);
      const entry = data.find(({ seq }) => seq === Number(old.seq));
      const { code, said } = await target.site.maintain(['doctor'], target.environment());
      const opened = await open();
      const probes = [
        saysSo('SQL: UPDATE entry 1, its page says “unbroken”', shown, !chain.intact),
        saysSo('SQL: UPDATE entry 1, it is shown as it is', shown, entry?.isWritten === false),
        saysSo(
          'SQL: UPDATE entry 1, doctor finds nothing',
          { ...shown, status: code ?? -1, text: said },
          code !== 0 && /Somebody may have changed the database/.test(said),
        ),
        saysSo('SQL: UPDATE entry 1, the door stays open', opened, opened.status === 403),
      ];
      await target.sql('form_guard_audit').where({ id: old.id }).update(old);
      mustBe('opened when all is as it was', await open(), 200);
      return probes;
    },
  },
  {
    id: 'P89',
    what: "An answer that is a formula in a reader's spreadsheet",
    async attack(target) {
      for (const message of ['Dear all;=1+1', 'Dear all\t=1+1', 'Dear all,\n=1+1', '=1+1'])
        mustBe('sent', await sendSubmission(target, { message }), 201);
      const judged = (what: string, csv: string): Probe => {
        if (!csv.includes('Dear all')) throw new Error(`${what}: what was sent is not in the table: ${csv.slice(0, 300)}`);
        const formulas = formulasIn(csv);
        return {
          what,
          kind: 'RUNS',
          leaked: formulas.length > 0,
          evidence: `${formulas.length} cells run: ${formulas.slice(0, 3).join(' ')}`,
        };
      };
      if (!target.isGuarded)
        return [judged('the CSV of a route of the site', (await target.ask('GET /api/export-submissions.csv')).text)];
      const probes: Probe[] = [];
      for (const separator of [',', ';', '\t'])
        probes.push(judged(`an export with ${JSON.stringify(separator)}`, await exportedTable(target, separator)));
      return [
        ...probes,
        found('the CSV of a route of the site', (await target.ask('GET /api/export-submissions.csv')).text, ['Dear all']),
      ];
    },
  },
];

/** The mistakes nobody warns about: a type that was forgotten, the way out at the wrong moment, one more plain field, a table put on the web. */
import { randomBytes } from 'node:crypto';
import { jsonOf, type Answer } from '../site/ask';
import { PETITION, PROTECT, SUBMISSION } from '../site/fixture';
import { found, gives, type Probe } from '../site/probe';
import type { Row } from '../site/row';
import { fileOf, mustBe, newest, sendWithFile } from '../site/submissions';
import type { Target } from '../site/target';
import { exportedTable } from './readers';

/** Not that of the submissions: where somebody lets it out on purpose, it may lie and be told everywhere. */
const SIGNED = `signer${randomBytes(6).toString('hex')}@example.org`;

interface Ticks {
  role: { permissions: Record<string, { controllers: Record<string, Record<string, { enabled: boolean }>> }> };
}
/** What the screen of a role sends when boxes were ticked in it. */
const tickForPublic = async (target: Target, controller: string, actions: string[]): Promise<Answer> => {
  const { id } = (await target.sql('up_roles').where({ type: 'public' }).first('id')) as { id: number };
  const { role } = jsonOf<Ticks>(await target.as('boss', `GET /users-permissions/roles/${id}`));
  const boxes = role.permissions[`api::${controller}`]?.controllers[controller] ?? {};
  for (const action of actions) boxes[action] = { enabled: true };
  return target.as('boss', `PUT /users-permissions/roles/${id}`, { body: role });
};

/** Into the media library, by somebody who means well; then whoever has the address. */
const published = async (target: Target, what: string, file: File): Promise<Probe> => {
  const form = new FormData();
  form.append('files', file);
  const answer = await target.as('boss', 'POST /upload', { form });
  const name = `boss: POST /upload of ${what} (${answer.status}), then GET /uploads/…`;
  if (answer.status >= 400) return found(name, answer.text);
  const { url = '' } = jsonOf<{ url?: string }[]>(answer)[0] ?? {};
  return { ...(await gives(target, 'stranger', `GET ${url}`)), what: name };
};

/** The same attachment as its reader has it on the disk. */
const downloaded = async (target: Target): Promise<File> => {
  mustBe('sent', await sendWithFile(target), 201);
  const inbox = `/form-guard/inbox/${SUBMISSION}/${await newest(target, 'contact_submissions')}`;
  const opened = jsonOf<{ data: { fields: { name: string; value: { file: string }[] | null }[] } }>(
    mustBe('opened', await target.as('editor', `POST ${inbox}/open`), 200),
  );
  const file = opened.data.fields.find(({ name }) => name === 'attachment')?.value?.[0]?.file ?? '';
  const { text } = mustBe('downloaded', await target.as('editor', `POST ${inbox}/files/${file}`), 200);
  if (text !== (await fileOf().text())) throw new Error(`the attachment is another: ${text.slice(0, 100)}`);
  return new File([text], 'report.txt', { type: 'text/plain' });
};

const vaulted = async (target: Target): Promise<number> =>
  Number(
    ((await target.sql('form_guard_vault').where({ form_or_type: SUBMISSION }).count({ n: '*' }).first()) as { n: number }).n,
  );

export const mistakes: Row[] = [
  {
    id: 'P90',
    what: 'A type that nobody listed: one tick publishes what strangers send',
    always: true,
    async attack(target) {
      const saved = await tickForPublic(target, 'petition', ['create', 'find']);
      const body = { data: { wish: 'Benches', email: SIGNED } };
      const sent = await target.as('stranger', 'POST /api/petitions', { body });
      const probe = await gives(target, 'stranger', 'GET /api/petitions', { traces: [SIGNED] });
      // The role has every other box ticked too: it must have been this one that was minded.
      const minded = new RegExp(`${PETITION}|Petition`).test(saved.text);
      const unminded = target.isGuarded && !minded ? { leaked: true } : {};
      const evidence = `the role answered ${saved.status} ${saved.text.slice(0, 200)}, the sending ${sent.status}; ${probe.evidence}`;
      return [
        {
          ...probe,
          what: `boss: PUT /users-permissions/roles/… with create and find, then ${probe.what}`,
          ...unminded,
          evidence,
        },
      ];
    },
  },
  {
    id: 'P91',
    what: 'The way out while a public row waits',
    note: 'Plain Strapi has no other state than the one after it.',
    async attack(target) {
      if (!target.isGuarded) return [await gives(target, 'stranger', 'GET /api/contact-submissions')];
      const before = await vaulted(target);
      const { code, said } = await target.site.maintain(['unprotect', SUBMISSION, '--confirm', SUBMISSION], target.environment());
      const after = await vaulted(target);
      const isRefused = code === 1 && after === before && before > 0 && /Nothing was moved/.test(said);
      const evidence = `ended with ${code}, ${before} submissions in the vault before, ${after} after: ${said.slice(-400)}`;
      return [{ what: `maintainer: form-guard unprotect ${SUBMISSION}`, kind: 'DATA', leaked: !isRefused, evidence }];
    },
  },
  {
    id: 'P92',
    what: 'One more field is listed as plain',
    note: 'The boot stops.',
    async attack(target) {
      if (!target.isGuarded) return [await gives(target, 'editor', `GET /content-manager/collection-types/${SUBMISSION}`)];
      const probes: Probe[] = [];
      for (const field of ['email', 'message', 'name']) {
        const protect = { ...PROTECT.protect, [SUBMISSION]: { ...PROTECT.protect[SUBMISSION], plain: ['topic', field] } };
        const search = field === 'email' ? { search: [] } : {};
        const config = { ...PROTECT, protect: { ...protect, [SUBMISSION]: { ...protect[SUBMISSION], ...search } } };
        const process = await target.site.start(target.environment({ TEST_FORM_GUARD: JSON.stringify(config) }));
        const hasStarted = process.port !== null;
        await process.stop();
        const sentence = /Form Guard[^\n]*plain[^\n]*/i.exec(process.said())?.[0];
        const evidence = sentence ?? process.said().slice(-300);
        probes.push({
          what: `maintainer: plain: ['topic', '${field}'], then a start`,
          kind: 'DATA',
          leaked: hasStarted || sentence === undefined,
          evidence,
        });
      }
      return probes;
    },
  },
  {
    id: 'P93',
    what: 'An exported table is put into the media library',
    async attack(target) {
      const table = target.isGuarded ? await exportedTable(target) : (await target.ask('GET /api/export-submissions.csv')).text;
      const probes = [await published(target, 'the table', new File([table], 'overview.csv', { type: 'text/csv' }))];
      if (target.isGuarded) {
        const attachment = await published(target, 'a downloaded attachment', await downloaded(target));
        probes.push({ ...attachment, guardedOnly: true });
      }
      return probes;
    },
  },
];

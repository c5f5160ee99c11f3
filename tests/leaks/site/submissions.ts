/** What is on the site: pages of the site itself, and submissions that people sent through its public addresses. */
import sharp from 'sharp';
import { IN_90_DAYS } from '../../helpers/in-90-days';
import { jsonOf, type Answer } from './ask';
import { LEAD, SUBMISSION } from './fixture';
import { SECRET, type Target } from './target';
import { mailOf } from './wrong-settings';

let sent = 0;

/** No two have the same `ref` and `code`. */
export const valuesOf = (more: object = {}): Record<string, unknown> => {
  sent += 1;
  return {
    name: `${SECRET}name`,
    email: `${SECRET}mail${sent}@example.org`,
    message: `${SECRET}message`,
    secret: `${SECRET}private`,
    pin: `${SECRET}pin`,
    ref: `${SECRET}ref${sent}`,
    code: `${SECRET}code${sent}`,
    details: { [`${SECRET}key`]: `${SECRET}value` },
    mood: 'moodviolet',
    seenAt: '1987-03-14T03:17:41.000Z',
    contact: { phone: `${SECRET}phone`, city: `${SECRET}city` },
    ...more,
  };
};

export const leadOf = () => ({ company: `${SECRET}company`, email: `${SECRET}lead@example.org`, iban: `${SECRET}iban` });

export const fileOf = (): File => new File([`${SECRET}content`], `${SECRET}file.txt`, { type: 'text/plain' });

/** A picture large enough for Strapi to make smaller ones of it. */
const photoOf = async (): Promise<File> => {
  const blank = sharp({ create: { width: 400, height: 400, channels: 3, background: 'white' } });
  return new File([await blank.png().toBuffer()], `${SECRET}photo.png`, { type: 'image/png' });
};

export const mustBe = (what: string, answer: Answer, ...statuses: number[]): Answer => {
  if (!statuses.includes(answer.status)) throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 500)}`);
  return answer;
};

/** Into the media library, as anybody may whom the site lets. @returns its id */
export const uploadFile = async (target: Target, file = fileOf()): Promise<number> => {
  const form = new FormData();
  form.append('files', file);
  const answer = mustBe('upload', await target.as('stranger', 'POST /api/upload', { form }), 200, 201);
  return jsonOf<{ id: number }[]>(answer)[0]?.id ?? 0;
};

/** As a visitor sends it; the answer is whatever the site says. */
export const sendSubmission = async (target: Target, more: object = {}, query = ''): Promise<Answer> =>
  target.as('stranger', `POST /api/contact-submissions${query}`, { body: { data: valuesOf(more) } });

/** As a visitor sends it who attaches something. */
export const sendWithFile = async (target: Target, more: object = {}, file = fileOf()): Promise<Answer> => {
  if (!target.isGuarded) return sendSubmission(target, { ...more, attachment: await uploadFile(target, file) });
  const form = new FormData();
  form.append('data', JSON.stringify(valuesOf(more)));
  form.append('attachment', file);
  return target.as('stranger', 'POST /api/contact-submissions', { form });
};

export const newest = async (target: Target, table: string): Promise<string> => {
  const row = (await target.sql(table).orderBy('id', 'desc').first('document_id')) as { document_id: string } | undefined;
  return row?.document_id ?? '';
};

const pageOf = async (target: Target, type: string, data: object): Promise<string> => {
  const answer = mustBe(type, await target.as('fullAccess', `POST /api/${type}`, { body: { data } }), 201);
  return jsonOf<{ data: { documentId: string } }>(answer).data.documentId;
};

/** By SQL: a guarded site lets nobody link a submission here, and links from before are still there. */
const linkQuotes = async (target: Target): Promise<void> => {
  const where = { document_id: target.ids.submission };
  const { id } = (await target.sql('contact_submissions').where(where).first('id')) as { id: number };
  const quotes = (await target.sql('components_shared_quotes').select('id')) as { id: number }[];
  const links = quotes.map((quote) => ({ quote_id: quote.id, contact_submission_id: id }));
  await target.sql('components_shared_quotes_submission_lnk').insert(links);
};

/** The site's own pages, two submissions from different people, one to be deleted, and leads. */
export const fillSite = async (target: Target): Promise<void> => {
  const { ids } = target;
  ids.topic = await pageOf(target, 'topics', { title: 'Roads' });
  const otherTopic = await pageOf(target, 'topics', { title: 'Parks' });
  ids.formPage = await pageOf(target, 'form-pages', { title: 'Write to us' });

  mustBe('a submission', await sendWithFile(target, { topic: ids.topic, form: ids.formPage }), 201);
  ids.submission = await newest(target, 'contact_submissions');
  const another = { topic: otherTopic, email: `aa${SECRET}@example.org` };
  mustBe('another', await sendWithFile(target, another, await photoOf()), 201);
  mustBe('a third', await sendWithFile(target), 201);
  ids.doomed = await newest(target, 'contact_submissions');

  const quote = { text: 'As a citizen wrote' };
  const blocks = [{ __component: 'shared.quote', ...quote }];
  ids.article = await pageOf(target, 'articles', { title: 'What citizens write', topic: ids.topic, quote, blocks });
  await linkQuotes(target);

  mustBe('a lead', await target.as('stranger', 'POST /api/leads', { body: { data: leadOf() } }), 201);
  mustBe('a draft', await target.as('stranger', 'POST /api/leads?status=draft', { body: { data: leadOf() } }), 201);
  const byHand = `POST /content-manager/collection-types/${LEAD}/actions/publish`;
  mustBe('a lead by staff', await target.as('editor', byHand, { body: leadOf() }), 200, 201);
  ids.lead = await newest(target, 'leads');

  const form = new FormData();
  form.append('files', new File(['a picture of the town hall'], 'town-hall.txt', { type: 'text/plain' }));
  mustBe('a file of the staff', await target.as('boss', 'POST /upload', { form }), 200, 201);
  if (target.isGuarded) await useGuard(target);
};

const FORM = {
  title: 'Complaint',
  slug: 'complaint',
  fields: [
    { name: 'name', label: 'Your name', type: 'text', required: true },
    { name: 'email', label: 'Your e-mail', type: 'email', required: true, searchable: true },
    { name: 'evidence', label: 'Your evidence', type: 'file', required: false, accept: ['text'] },
  ],
};

/** A person of the site, as the plugin names people. */
export const personOf = async (target: Target, name: string): Promise<number> => {
  const found = (await target
    .sql('admin_users')
    .where({ email: mailOf(name) })
    .first('id')) as { id: number };
  return found.id;
};

export const nameReader = async (target: Target, source: string, person: string): Promise<void> => {
  const body = { people: [await personOf(target, person)], until: IN_90_DAYS, fields: null };
  mustBe('a reader', await target.as('boss', `POST /form-guard/readers/${source}`, { body }), 200);
};

/** The id of the form that a guarded site has. */
export const formOf = async (target: Target): Promise<string> => {
  const { data } = jsonOf<{ data: { id: string; slug: string }[] }>(await target.as('boss', 'GET /form-guard/forms'));
  return data.find(({ slug }) => slug === FORM.slug)?.id ?? '';
};

/** What a guarded site is for: a form of its own with a submission in it, and a reader who opens what was sent. */
export const useGuard = async (target: Target): Promise<void> => {
  const made = mustBe('a form', await target.as('boss', 'POST /form-guard/forms', { body: FORM }), 201);
  const form = jsonOf<{ data: { id: string } }>(made).data.id;
  const sentTo = new FormData();
  sentTo.append('name', `${SECRET}name`);
  sentTo.append('email', `${SECRET}@example.org`);
  sentTo.append('evidence', fileOf());
  const toForm = await target.as('stranger', 'POST /api/form-guard/forms/complaint/submissions', { form: sentTo });
  const record = jsonOf<{ data: { reference: string } }>(mustBe('to the form', toForm, 201)).data.reference.replaceAll('-', '');
  mustBe('to the type', await sendWithFile(target, { topic: target.ids.topic }), 201);
  const submission = await newest(target, 'contact_submissions');
  const sources: [source: string, recordId: string][] = [
    [form, record],
    [SUBMISSION, submission],
  ];
  for (const [source, recordId] of sources) {
    await nameReader(target, source, 'editor');
    const opened = mustBe('opened', await target.as('editor', `POST /form-guard/inbox/${source}/${recordId}/open`), 200);
    if (!opened.text.includes(`${SECRET}name`) || !opened.text.includes(`${SECRET}file`)) {
      throw new Error(`Its reader does not find what was sent: ${opened.text.slice(0, 500)}`);
    }
  }
};

/**
 * When something is refused or throws, no other code of the site holds what was sent: not a reporter of errors, wherever it
 * stands, not the log, not the temporary folder. Until then the site's own middlewares have the body as on plain Strapi.
 */
import { inspect } from 'node:util';
import { attachmentConfig, BOUNDARY, filePart, multipart, textPart } from '../helpers/attachments';
import { canary, wholeDatabase, whileListening } from '../helpers/canary';
import { placeReporters } from '../helpers/reporter';
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

const mark = canary('report');
const FORM = '/api/form-guard/forms/police-complaint';
const own = attachmentConfig();
let running: Running;
let boss: AdminPerson;
let formId: string;
let recordId: string;
let reporters: ReturnType<typeof placeReporters>;

type Body = { data?: Record<string, unknown> } & Record<string, unknown>;
interface Asked {
  request: { body: Body };
  query: Record<string, unknown>;
  badRequest(message: string, details: object): void;
  throw(status: number, message: string, properties: object): never;
}
const valueIn = ({ request }: Asked): string => inspect(request.body, { depth: 5 });
const { errors } = jest.requireActual<typeof import('@strapi/utils')>('@strapi/utils');

/** What the site's own code does with a request: nothing, or each way in which it can fail. */
const DEEDS: Record<string, (ctx: Asked) => void> = {
  nothing: () => undefined,
  'throws an error': (ctx) => {
    throw Object.assign(new Error(`odd: ${valueIn(ctx)}`, { cause: ctx.request.body }), { entry: { ...ctx.request.body } });
  },
  'throws a refusal': (ctx) => {
    throw new errors.PolicyError(`odd: ${valueIn(ctx)}`, { entry: structuredClone(ctx.request.body) });
  },
  'throws what is no error': (ctx) => {
    throw structuredClone(ctx.request.body);
  },
  'throws as koa does': (ctx) => ctx.throw(422, `odd: ${valueIn(ctx)}`, { entry: structuredClone(ctx.request.body) }),
  'throws several': (ctx) => {
    throw new AggregateError([new Error(valueIn(ctx))], valueIn(ctx));
  },
  answers: (ctx) => ctx.badRequest(`odd: ${valueIn(ctx)}`, { entry: structuredClone(ctx.request.body) }),
};
type Deed = keyof typeof DEEDS;
/** What is done in front of the routes, and in a lifecycle of the wrapped type. */
let inFront: Deed = 'nothing';
let inside: Deed = 'nothing';
let seen: unknown;

beforeAll(async () => {
  running = await startStrapi({ config: own.config });
  const { strapi } = running;
  reporters = placeReporters(strapi);
  reporters.add(async (ctx, next) => {
    seen = structuredClone(ctx.request.body);
    DEEDS[inFront]?.(ctx as unknown as Asked);
    return inFront === 'answers' ? undefined : next();
  });
  strapi.db.lifecycles.subscribe({
    models: [CONTACT],
    beforeCreate: () => DEEDS[inside]?.(strapi.requestContext.get() as unknown as Asked),
  });
  boss = await adminPerson(strapi, 'Boss', 'strapi-super-admin');
  const { body } = await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
  formId = `form:${body.data.documentId}`;
  await readsForm(running, boss, formId, [boss]);
  await running.http.post(FORM).send({ name: 'Jane', email: 'jane@example.org', message: 'Hello' }).expect(201);
  const list = await as(running, boss)
    .get(`/form-guard/inbox/${encodeURIComponent(formId)}`)
    .expect(200);
  recordId = list.body.data[0].recordId;
  await tick(strapi, `${CONTACT}.create`);
});
afterAll(async () => {
  await running.stop();
  own.remove();
});
afterEach(() => {
  inFront = 'nothing';
  inside = 'nothing';
});

const nothingIsHeld = async (run: () => Promise<void>): Promise<void> => {
  reporters.forget();
  const { said } = await whileListening(running.strapi, run);
  const at = reporters.sent().indexOf(mark);
  expect(at < 0 ? '' : reporters.sent().slice(Math.max(0, at - 600), at + 80)).toBe('');
  const line = said.indexOf(mark);
  expect(line < 0 ? '' : said.slice(Math.max(0, line - 600), line + 80)).toBe('');
  expect(own.temporaryFiles()).toEqual([]);
};

const full = { name: mark, email: `${mark}@example.org`, message: mark };
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
const bodiesFor = (wrap: (data: object) => object): [type: string, body: string | Buffer][] => [
  [JSON_TYPE, JSON.stringify(wrap({ ...full, email: mark }))],
  [JSON_TYPE, JSON.stringify(wrap({ ...full, [mark]: mark }))],
  [JSON_TYPE, JSON.stringify(wrap({ ...full, name: { [mark]: [mark] } }))],
  [JSON_TYPE, JSON.stringify(wrap({ name: mark }))],
  [JSON_TYPE, JSON.stringify(wrap({ ...full, age: mark, subject: mark }))],
  [JSON_TYPE, `{"name":"${mark}`],
  [JSON_TYPE, `["${mark}"]`],
  [FORM_TYPE, `name=${mark}&email=${mark}&${mark}=1`],
  [FORM_TYPE, `name=${mark}%&email=%ff`],
  [MULTIPART_TYPE, multipart(textPart('name', mark), filePart('cv', `${mark}.exe`, `MZ${mark}`))],
  [MULTIPART_TYPE, multipart(textPart('data', JSON.stringify({ ...full, email: mark })))],
  [MULTIPART_TYPE, Buffer.from(`--${BOUNDARY}\r\n\r\n${mark}`)],
  ['text/plain', mark],
];
const ADDRESSES: [to: string, wrap: (data: object) => object][] = [
  [FORM, (data) => data],
  [`${FORM}/submissions?campaign=${mark}`, (data) => data],
  [`/api/form-guard/forms/${mark}`, (data) => data],
  ['/api/contacts', (data) => ({ data })],
  [`/api/contacts?populate=${mark}`, (data) => ({ data })],
  [`/api/contacts/${mark}`, (data) => ({ data })],
];

describe.each(Object.keys(DEEDS))('When the code of the site in front of the routes %s', (deed) => {
  test.each(ADDRESSES)('no refused post to %s is held anywhere', async (to, wrap) => {
    await nothingIsHeld(async () => {
      inFront = deed;
      for (const [type, body] of bodiesFor(wrap)) {
        const answer = await running.http
          .post(to)
          .set('Content-Type', type)
          .set('Referer', `https://example.org/contact?name=${mark}`)
          .send(body);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.text).not.toContain(mark);
      }
    });
  });
});

test('until then the site has what was sent', async () => {
  await running.http
    .post(`${FORM}?token=${mark}`)
    .send({ ...full, age: 7 })
    .expect(201);
  expect(seen).toEqual({ ...full, age: 7 });
  await running.http
    .post('/api/contacts')
    .send({ data: { ...full, age: 70 } })
    .expect(201);
  expect(seen).toEqual({ data: { ...full, age: 70 } });
});

test.each(Object.keys(DEEDS).filter((deed) => deed !== 'nothing' && deed !== 'answers'))(
  'what a lifecycle of a wrapped type %s reaches nobody, and nothing is kept',
  async (deed) => {
    const before = await running.strapi.db.query(CONTACT).count();
    await nothingIsHeld(async () => {
      inside = deed;
      const answer = await running.http.post('/api/contacts').send({ data: { ...full, email: `x${mark}@example.org` } });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain(mark);
    });
    expect(reporters.caught().length).toBeGreaterThan(0);
    expect(await running.strapi.db.query(CONTACT).count()).toBe(before);
  },
);

test('an error that holds nothing is told as it is: its kind, its status, its words to the sender, where it came from', async () => {
  DEEDS.refuses = () => {
    throw new errors.PolicyError('The captcha has expired', { captcha: 'expired' });
  };
  inFront = 'refuses';
  reporters.forget();
  const { body } = await running.http.post(FORM).send(full).expect(403);
  expect(body.error).toMatchObject({ name: 'PolicyError', message: 'The captcha has expired', details: { captcha: 'expired' } });
  const [caught] = reporters.caught() as Error[];
  expect(caught).toBeInstanceOf(errors.PolicyError);
  expect(caught?.stack).toContain('what-fails-holds-no-value.test.ts');
  inFront = 'throws an error';
  await running.http.post(FORM).send(full).expect(500);
  expect((reporters.caught().at(-1) as Error).stack).toContain('what-fails-holds-no-value.test.ts');
});

describe('What a reader types into the admin', () => {
  const inbox = () => `/form-guard/inbox/${encodeURIComponent(formId)}`;
  const wrong: [what: string, to: () => string, body: object | string][] = [
    ['a search for a field that is none', () => `${inbox()}/search`, { field: 'nothing', value: mark }],
    ['a search that is too long', () => `${inbox()}/search`, { field: 'email', value: mark.repeat(40) }],
    ['a search with something more', () => `${inbox()}/search`, { field: 'email', value: mark, [mark]: mark }],
    ['half a search', () => `${inbox()}/search`, `{"field":"email","value":"${mark}`],
    ['a search that is no object', () => `${inbox()}/search`, `"${mark}"`],
    ['a note in no form', () => `${inbox()}/${recordId}/notes`, { note: { [mark]: mark } }],
    ['a note on nothing', () => `${inbox()}/nothing/notes`, { text: mark }],
    ['a reason in no form', () => `${inbox()}/export`, { reason: [mark], [mark]: 1 }],
    ['an address that is none', () => `${inbox()}/${mark}/${mark}?q=${mark}`, { text: mark }],
    ['a form of a website', () => `/form-guard/forms/police-complaint?name=${mark}`, full],
  ];
  test.each(wrong)('%s is not held either', async (_what, to, body) => {
    await nothingIsHeld(async () => {
      const sent = running.http.post(to()).set('Authorization', `Bearer ${boss.jwt}`).set('Content-Type', JSON_TYPE);
      const { status } = await sent.send(typeof body === 'string' ? body : JSON.stringify(body));
      expect(status).toBeGreaterThanOrEqual(400);
    });
  });
});

test('nothing of all that was kept in the clear', async () => {
  expect((await wholeDatabase(running.strapi)).includes(mark)).toBe(false);
});

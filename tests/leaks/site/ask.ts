/** Requests as somebody sends them, and answers as they come: status, headers and every byte. */
import http from 'node:http';

export interface Answer {
  status: number;
  text: string;
  headers: Headers;
}
export interface Sent {
  body?: object;
  form?: FormData;
  /** A token. */
  as?: string | undefined;
  headers?: Record<string, string>;
}
export type Ask = (request: string, sent?: Sent) => Promise<Answer>;

/** @param request for example `GET /api/topics` */
export const askAt =
  (url: string): Ask =>
  async (request, { body, form, as, headers = {} } = {}) => {
    const [method = '', address = ''] = request.split(/ (.*)/s);
    const response = await fetch(`${url}${address}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(as ? { authorization: `Bearer ${as}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: form ?? (body ? JSON.stringify(body) : null),
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };

/** What a program sends that tidies no address up and leaves no header out. @returns null when the site hangs up */
export const askAsWritten = (
  url: string,
  request: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: Buffer | string } = {},
): Promise<Answer | null> =>
  new Promise((resolve) => {
    const [method = '', address = ''] = request.split(/ (.*)/s);
    const { hostname, port } = new URL(url);
    const sent = http.request({ hostname, port, path: address, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', () => resolve(null));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString(),
          headers: new Headers(Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)])),
        }),
      );
    });
    sent.on('error', () => resolve(null));
    sent.end(body);
  });

/** @throws when the body is no JSON: what follows needs it */
export const jsonOf = <Body>({ status, text }: Answer): Body => {
  try {
    return JSON.parse(text) as Body;
  } catch {
    throw new Error(`No JSON but ${status}: ${text.slice(0, 200)}`);
  }
};

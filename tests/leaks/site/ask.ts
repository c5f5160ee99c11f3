/** Requests as somebody sends them, and answers as they come: status, headers and every byte. */

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

/** @throws when the body is no JSON: what follows needs it */
export const jsonOf = <Body>({ status, text }: Answer): Body => {
  try {
    return JSON.parse(text) as Body;
  } catch {
    throw new Error(`No JSON but ${status}: ${text.slice(0, 200)}`);
  }
};

/** Somebody who goes through a site over HTTP, asks for this and that, and writes down every answer. */
import { get } from 'lodash';

export interface Answer {
  area: string;
  /** Method and address, as it was asked for. */
  request: string;
  /** What plain Strapi is known to answer, so that two equal failures are not taken for a success. */
  expected: number;
  status: number;
  headers: Record<string, string>;
  body: unknown;
}
interface Options {
  is?: number;
  /** A token. */
  as?: string;
  body?: object;
  form?: FormData;
  headers?: Record<string, string>;
  /** In place of the address, when that holds a secret. */
  called?: string;
}
export interface Said {
  body: unknown;
  /** A text or number inside the body. @throws when it is not there: what follows needs it */
  at(path: string): string;
}
export type Ask = (request: string, options?: Options) => Promise<Said>;

const HEADERS = [
  'content-type',
  'cache-control',
  'vary',
  'x-robots-tag',
  'content-disposition',
  'x-content-type-options',
  'allow',
  'location',
  'www-authenticate',
];
const matters = (header: string): boolean => HEADERS.includes(header) || header.startsWith('access-control-');

/** Another origin is refused there, which is what the plugin is for; what the site offers the public is asked from elsewhere. */
const isOfAdmin = (address: string): boolean => !/^\/(api|graphql|uploads)\b/.test(address);

export interface Visitor {
  url: string;
  answers: Answer[];
  /** @param token of whoever asks, when a request does not say */
  in(area: string, token?: string): Ask;
}

export const visitor = (url: string): Visitor => {
  const answers: Answer[] = [];
  return {
    url,
    answers,
    in:
      (area, token) =>
      async (request, options = {}) => {
        const [method = '', address = ''] = request.split(' ');
        const as = 'as' in options ? options.as : token;
        const response = await fetch(`${url}${address}`, {
          method,
          redirect: 'manual',
          headers: {
            ...(isOfAdmin(address) ? {} : { origin: 'https://www.example.org' }),
            ...(as ? { authorization: `Bearer ${as}` } : {}),
            ...(options.body ? { 'content-type': 'application/json' } : {}),
            ...options.headers,
          },
          body: options.form ?? (options.body ? JSON.stringify(options.body) : null),
        });
        const text = await response.text();
        let body: unknown = text;
        if (text !== '' && /json/.test(response.headers.get('content-type') ?? '')) body = JSON.parse(text);
        const page = /^([^]*spec: )(\{.*\})(,\n[^]*)$/.exec(text);
        // A page of the documentation plugin: one line of it is a whole document.
        if (page) body = { before: page[1], document: JSON.parse(page[2] ?? 'null') as unknown, after: page[3] };
        const headers = Object.fromEntries([...response.headers].filter(([name]) => matters(name)));
        const label = options.called ?? request;
        answers.push({ area, request: label, expected: options.is ?? 200, status: response.status, headers, body });
        return {
          body,
          at(path) {
            const found: unknown = get(body, path);
            if (typeof found !== 'string' && typeof found !== 'number') {
              throw new Error(`${area}: ${label} answered ${response.status} without ${path}: ${text.slice(0, 600)}`);
            }
            return String(found);
          },
        };
      },
  };
};

/**
 * Tries whether a refusal of ours reaches the caller with its text: an error whose class Strapi does not know (there may be
 * several copies of `@strapi/utils` in a site) is a 500 without a word, and no dialog shows.
 */
import { refuse } from '../errors';
import type { Strapi } from '../strapi';
import { notAsExpected } from './hold';

const GUARD = 'refusals';
const CODE = 'FORM_GUARD_CANARY';
const TEXT = 'Form Guard tries whether a refusal arrives.';

interface Answered {
  status?: number;
  body?: { error?: { message?: string; details?: { code?: string } } };
}
type Middleware = (ctx: Answered & { response: object }, next: () => Promise<never>) => Promise<void>;
type MakeMiddleware = (config: object, context: { strapi: Strapi }) => Middleware;

/** In `bootstrap`: one refusal through Strapi's own error handling. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const tryRefusals = async (strapi: Strapi): Promise<void> => {
  const make = strapi.middleware('strapi::errors') as unknown as MakeMiddleware | undefined;
  const ctx: Parameters<Middleware>[0] = { response: {} };
  await make?.({}, { strapi })(ctx, () => Promise.reject(refuse(CODE, TEXT)));
  const error = ctx.body?.error;
  if (ctx.status !== 403 || error?.message !== TEXT || error.details?.code !== CODE) {
    throw notAsExpected(strapi, GUARD, `a refusal is answered with ${ctx.status ?? 'nothing'} in place of 403 and its text`);
  }
};

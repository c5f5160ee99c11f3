/**
 * Closes the actions of a wrapped type behind the one function that Strapi 5.54 asks for every content API right: routes,
 * population and filters through relations, GraphQL. Whoever asks and whatever the rows say, the answer is no.
 */
import { refuse } from '../errors';
import { say } from '../sentences';
import { PLUGIN_ID, type Strapi } from '../strapi';
import { holdFunctions, notAsExpected } from './hold';
import { opensType } from './private-actions';
import { protectedTypes } from './protected-types';

/** Nothing of the plugin is a right of the content API: its public addresses ask for none, and forms are made in the admin. */
const OURS = `plugin::${PLUGIN_ID}.`;

const GUARD = 'close-scopes';

interface Auth {
  verify(auth: unknown, config?: { scope?: string | string[] } | false, ...rest: unknown[]): Promise<unknown>;
}

const authOf = (strapi: Strapi): Auth => strapi.get('auth') as unknown as Auth;

/** In `register`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const closeScopes = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  const isClosed = (scope: string): boolean => scope.startsWith(OURS) || opensType(scope, uids) !== null;
  const auth = holdFunctions(strapi, GUARD, 'the auth service of the content API', authOf(strapi), ['verify']);
  const verify = auth.verify.bind(auth);
  const refusal = (): Error => refuse('TYPE_PROTECTED', say('type.notReached'));
  // Not async: each promise in between costs every request of the site.
  auth.verify = (who, config, ...rest) => {
    const scope = (config || {}).scope ?? [];
    const closed = typeof scope === 'string' ? isClosed(scope) : scope.some(isClosed);
    return closed ? Promise.reject(refusal()) : verify(who, config, ...rest);
  };
};

/**
 * In `bootstrap`: the right that everybody has, asked by `strapi.auth` as Strapi's own checks ask it.
 * @throws Fault STRAPI_NOT_AS_EXPECTED
 */
export const tryScopes = async (strapi: Strapi): Promise<void> => {
  const everything = { strategy: { name: 'form-guard-canary', verify: () => undefined }, credentials: null };
  for (const uid of protectedTypes(strapi).keys()) {
    const isRefused = await (strapi as unknown as { auth: Auth }).auth.verify(everything, { scope: `${uid}.find` }).then(
      () => false,
      (error: { details?: { code?: string } }) => error.details?.code === 'TYPE_PROTECTED',
    );
    if (!isRefused) throw notAsExpected(strapi, GUARD, `the right ${uid}.find is still given`);
  }
};

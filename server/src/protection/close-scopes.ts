/**
 * Closes the actions of a wrapped type behind the one function that Strapi 5.54 asks for every content API right: routes,
 * population and filters through relations, GraphQL. Whoever asks and whatever the rows say, the answer is no.
 */
import { Fault, refuse } from '../errors';
import { PLUGIN_ID, type Strapi } from '../strapi';
import { opensType } from './private-actions';
import { protectedTypes } from './protected-types';

/** Nothing of the plugin is a right of the content API: its public addresses ask for none, and forms are made in the admin. */
const OURS = `plugin::${PLUGIN_ID}.`;

interface Auth {
  verify(auth: unknown, config?: { scope?: string | string[] } | false): Promise<unknown>;
}

export const closeScopes = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  const isClosed = (scope: string): boolean => scope.startsWith(OURS) || opensType(scope, uids) !== null;
  const auth = strapi.get('auth') as unknown as Auth;
  if (typeof auth.verify !== 'function') {
    throw new Fault('STRAPI_NOT_AS_EXPECTED', 'the content API has no "verify", so its rights cannot be closed');
  }
  const verify = auth.verify.bind(auth);
  auth.verify = async (who, config) => {
    const scopes = config ? [config.scope ?? []].flat() : [];
    if (scopes.some(isClosed)) {
      throw refuse('TYPE_PROTECTED', 'These submissions are protected by Form Guard: they cannot be read or changed here.');
    }
    return verify(who, config);
  };
};

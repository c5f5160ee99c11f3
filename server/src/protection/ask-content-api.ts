/**
 * What the content API would answer to whoever holds a role or a token, asked of the function that every request is asked by
 * (`strapi.auth.verify`, with an ability that the same engine makes of the same rows), not read from what is configured.
 */
import type { Strapi } from '../strapi';

const READS = ['find', 'findOne'] as const;

interface Ability {
  can(action: string): boolean;
}
interface ContentApi {
  auth: { verify(auth: unknown, config: { scope: string }): Promise<unknown> };
  contentAPI: { permissions: { engine: { generateAbility(permissions: { action: string }[]): Promise<Ability> } } };
}
class NotAllowed extends Error {}

/** @param may what the bearer's own strategy would say to a scope. @returns whether some request would be let through */
const isLetThrough = async (strapi: Strapi, uid: string, may: (scope: string) => boolean): Promise<boolean> => {
  const strategy = {
    name: 'form-guard-asks',
    verify: (_auth: unknown, { scope }: { scope: string }): void => {
      if (!may(scope)) throw new NotAllowed();
    },
  };
  for (const action of READS) {
    const asked = (strapi as unknown as ContentApi).auth.verify({ strategy, credentials: null }, { scope: `${uid}.${action}` });
    const isRefused = await asked.then(
      () => false,
      (error: unknown) => {
        const status = (error as { details?: { code?: string } } | null)?.details?.code;
        if (error instanceof NotAllowed || status === 'TYPE_PROTECTED') return true;
        throw error;
      },
    );
    if (!isRefused) return true;
  }
  return false;
};

/** Whoever holds these rows: a role of users-permissions, a custom token. */
export const wouldRead = async (strapi: Strapi, uid: string, actions: readonly string[]): Promise<boolean> => {
  const { engine } = (strapi as unknown as ContentApi).contentAPI.permissions;
  const ability = await engine.generateAbility(actions.map((action) => ({ action })));
  return isLetThrough(strapi, uid, (scope) => ability.can(scope));
};

/** A token that Strapi lets read everything. */
export const wouldReadAsWideToken = (strapi: Strapi, uid: string): Promise<boolean> => isLetThrough(strapi, uid, () => true);

/** A role of several people that may name readers, which nobody decided: the save would have been refused. */
import type { ExposureFinding } from '../../contract';
import { rolesWithMoreThanAllowed } from '../../protection';
import type { Strapi } from '../../strapi';
import { weighed } from './found';

export const manyMayName = async (strapi: Strapi): Promise<ExposureFinding[]> =>
  (await rolesWithMoreThanAllowed(strapi)).map(({ id, name, people }) =>
    weighed(strapi, 'MANY_MAY_NAME', { href: `/settings/roles/${id}`, values: { name, people } }),
  );

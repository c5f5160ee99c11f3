/** Forms from before with a field that is called like something that every object of a program has. */
import type { ExposureFinding } from '../../contract';
import { isKeptName, listForms } from '../../forms';
import { say } from '../../sentences';
import type { Strapi } from '../../strapi';

export const keptNames = async (strapi: Strapi): Promise<ExposureFinding[]> =>
  (await listForms(strapi)).flatMap(({ id, title, fields, documentId }) =>
    fields
      .filter(({ name }) => isKeptName(name))
      .map(({ name }) => ({
        code: 'KEPT_NAME',
        severity: 'notice',
        formOrType: id,
        message: say('finding.KEPT_NAME', { title, name }),
        step: say('finding.KEPT_NAME.step'),
        href: `/plugins/form-guard/forms/${documentId}`,
      })),
  );

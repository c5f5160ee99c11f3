/** What somebody did to the plugin's own tables from outside. */
import { checkChain } from '../../audit';
import type { ExposureFinding } from '../../contract';
import type { Strapi } from '../../strapi';
import { vaultOf } from '../../vault';
import { some } from './rows';

export const brokenAudit = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  const { intact, brokenAt } = await checkChain(strapi);
  if (intact) return [];
  return [
    {
      code: 'AUDIT_BROKEN',
      severity: 'high',
      formOrType: null,
      message: `The audit was changed from outside: entry ${brokenAt} does not follow from the one before.`,
      step: 'Find out who can write to the database, and compare with a backup.',
      href: '/plugins/form-guard/audit',
    },
  ];
};

/** Submissions whose form was deleted past the plugin, by an import for instance: kept, sealed, and out of everybody's sight. */
export const withoutForm = async (strapi: Strapi, known: ReadonlySet<string>): Promise<ExposureFinding[]> =>
  (await vaultOf(strapi).formsAndTypes())
    .filter(({ formOrType }) => !known.has(formOrType))
    .map(({ formOrType, submissions }) => ({
      code: 'FORM_MISSING',
      severity: 'high',
      formOrType,
      message: `${some(submissions, 'submission belongs', 'submissions belong')} to a form or type that is not there any more (${formOrType}). They are kept sealed, and nobody can open them.`,
      step: 'Bring the form back from a backup or an import, or put the type back into the config.',
      href: null,
    }));

/** Older keys that nothing opens: what was sealed under them waits for the root key to come back. */
export const lostKeys = async (strapi: Strapi): Promise<ExposureFinding[]> =>
  (await vaultOf(strapi).keys.lost()).map(({ formOrType, sealed }) => ({
    code: 'ROOT_KEY_MISSING',
    severity: 'high',
    formOrType,
    message: `${some(sealed, 'submission or attachment', 'submissions and attachments')} cannot be opened: the root key that their key needs is not there. They are kept as they are.`,
    step: 'Put that root key back into FORM_GUARD_KEYS, behind the current one. “npx form-guard doctor” says which do not open.',
    href: null,
  }));

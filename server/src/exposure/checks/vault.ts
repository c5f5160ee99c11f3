/** What somebody did to the plugin's own tables from outside. */
import { checkChain } from '../../audit';
import type { ExposureFinding } from '../../contract';
import { say } from '../../sentences';
import type { Strapi } from '../../strapi';
import { vaultOf } from '../../vault';

export const brokenAudit = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  const { intact, brokenAt, isShut } = await checkChain(strapi);
  if (intact) return [];
  return [
    {
      code: 'AUDIT_BROKEN',
      severity: 'high',
      formOrType: null,
      message: say('finding.AUDIT_BROKEN', { number: String(brokenAt), isShut }),
      step: say('finding.AUDIT_BROKEN.step'),
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
      message: say('finding.FORM_MISSING', { count: submissions, formOrType }),
      step: say('finding.FORM_MISSING.step'),
      href: null,
    }));

/** Older keys that nothing opens: what was sealed under them waits for the root key to come back. */
export const lostKeys = async (strapi: Strapi): Promise<ExposureFinding[]> =>
  (await vaultOf(strapi).keys.lost()).map(({ formOrType, sealed }) => ({
    code: 'ROOT_KEY_MISSING',
    severity: 'high',
    formOrType,
    message: say('finding.ROOT_KEY_MISSING', { count: sealed }),
    step: say('finding.ROOT_KEY_MISSING.step'),
    href: null,
  }));

export const providerAway = (): ExposureFinding[] => [
  {
    code: 'KEY_PROVIDER_AWAY',
    severity: 'high',
    formOrType: null,
    message: say('finding.KEY_PROVIDER_AWAY'),
    step: say('finding.KEY_PROVIDER_AWAY.step'),
    href: null,
  },
];

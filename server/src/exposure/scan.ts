/**
 * What is open that should be shut, worked out from the database as it is now. What it finds is also kept from harm by
 * the rooms in front; a finding says that somebody should clear it away.
 */
import { checkChain } from '../audit';
import type { ExposureFinding } from '../contract';
import { opensType, protectedTypes, type ProtectedType } from '../protection';
import { attributesOf, type Strapi } from '../strapi';
import { vaultOf } from '../vault';

const uids = (strapi: Strapi): string[] => [...protectedTypes(strapi).keys()];
const labelOf = (strapi: Strapi, uid: string): string => protectedTypes(strapi).get(uid)?.label ?? uid;
const rows = <Row>(strapi: Strapi, uid: string, params: object = {}): Promise<Row[]> =>
  strapi.db.query(uid as never).findMany(params as never) as unknown as Promise<Row[]>;

const tickedRoles = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  if (!strapi.plugin('users-permissions')) return [];
  type Row = { action: string; role: { id: number; name: string } | null };
  const permissions = await rows<Row>(strapi, 'plugin::users-permissions.permission', { populate: ['role'] });
  return permissions.flatMap(({ action, role }): ExposureFinding[] => {
    const uid = opensType(action, uids(strapi));
    if (!uid || !role) return [];
    return [
      {
        code: 'PERMISSION_ROW',
        severity: 'notice',
        formOrType: uid,
        message: `The role “${role.name}” has a tick that would let it reach “${labelOf(strapi, uid)}” (${action}). Form Guard keeps it shut.`,
        step: 'Take the tick away, so that nothing opens if Form Guard is ever removed.',
        href: `/settings/users-permissions/roles/${role.id}`,
      },
    ];
  });
};

const wideTokens = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  if (uids(strapi).length === 0) return [];
  type Token = { id: number; name: string; type: string };
  const tokens = await rows<Token>(strapi, 'admin::api-token', { where: { type: { $in: ['read-only', 'full-access'] } } });
  return tokens.map(({ id, name, type }) => ({
    code: 'WIDE_TOKEN',
    severity: 'notice',
    formOrType: null,
    message: `The API token “${name}” may ${type === 'read-only' ? 'read' : 'read and change'} every type, those that come later included. Form Guard keeps submissions from it.`,
    step: 'Delete it if nothing uses it, or make it a custom token for the types it needs.',
    href: `/settings/api-tokens/${id}`,
  }));
};

/** Rows from before the type was wrapped, or put there by SQL: a sealed attribute with a value in Strapi's own table. */
const unsealedRows = async (
  strapi: Strapi,
  { uid, label, sealedFields, original }: ProtectedType,
): Promise<ExposureFinding[]> => {
  const attributes = attributesOf(original);
  const $or = sealedFields
    .filter((name) => attributes[name]?.type !== 'dynamiczone')
    .map((name) => ({
      [name]: ['component', 'relation'].includes(attributes[name]?.type ?? '') ? { id: { $notNull: true } } : { $notNull: true },
    }));
  const count = $or.length === 0 ? 0 : await strapi.db.query(uid as never).count({ where: { $or } as never });
  if (count === 0) return [];
  return [
    {
      code: 'UNSEALED_ROWS',
      severity: 'high',
      formOrType: uid,
      message: `${count} ${count === 1 ? 'row' : 'rows'} of “${label}” from before it was protected still ${count === 1 ? 'holds' : 'hold'} values that are not sealed.`,
      step: 'Move or delete these rows. Until then the locks in front of them are all that keeps them private.',
      href: null,
    },
  ];
};

const brokenAudit = async (strapi: Strapi): Promise<ExposureFinding[]> => {
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
const withoutForm = async (strapi: Strapi, known: ReadonlySet<string>): Promise<ExposureFinding[]> =>
  (await vaultOf(strapi).formsAndTypes())
    .filter(({ formOrType }) => !known.has(formOrType))
    .map(({ formOrType, submissions }) => ({
      code: 'FORM_MISSING',
      severity: 'high',
      formOrType,
      message: `${submissions} ${submissions === 1 ? 'submission belongs' : 'submissions belong'} to a form or type that is not there any more (${formOrType}). They are kept sealed, and nobody can open them.`,
      step: 'Bring the form back from a backup or an import, or put the type back into the config.',
      href: null,
    }));

/** @param known every form and type that is there */
export const scan = async (strapi: Strapi, known: ReadonlySet<string>): Promise<ExposureFinding[]> => {
  const found = [...(await brokenAudit(strapi)), ...(await withoutForm(strapi, known))];
  for (const type of protectedTypes(strapi).values()) found.push(...(await unsealedRows(strapi, type)));
  return [...found, ...(await tickedRoles(strapi)), ...(await wideTokens(strapi))];
};

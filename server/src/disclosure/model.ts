/**
 * Grants: who may open the submissions of a form or type. The columns are for finding a grant; what counts is the mark
 * over all of them, so that a row written or changed by hand grants nothing.
 */
export const GRANTS = 'form-guard::grants';
export const GRANTS_TABLE = 'form_guard_grants';

export interface GrantRow {
  id: number;
  grantId: string;
  formOrType: string;
  adminUserId: number;
  /** JSON list of field names; null: all fields. */
  fields: string | null;
  from: string;
  until: string | null;
  givenBy: string;
  givenAt: string;
  removedAt: string | null;
  /** Where somebody named themself, until somebody else confirms it. */
  askedAt: string | null;
  mark: string;
  /** Not under the mark: it grants nothing. */
  remindedAt: string | null;
  /** Somebody is sending the reminder, since this moment in milliseconds. */
  remindingSince: number | string | null;
}

export const ACCOUNTS = 'form-guard::accounts';
export const ACCOUNTS_TABLE = 'form_guard_accounts';
/** What keyed marks over accounts, and the entries about them in the audit, stand under. */
export const ACCOUNTS_HOUSE = 'form-guard:accounts';

/** An account of somebody who was named, as it was when it was known last. What counts is the mark, and the newest entry in the audit. */
export interface AccountRow {
  id: number;
  adminUserId: number;
  /** Keyed, over the stored hash of the password and the e-mail address. */
  digest: string;
  /** Where to write when the account has changed. */
  email: string;
  state: 'known' | 'suspended';
  /** The number of the entry in the audit that was written with this row. */
  seq: number;
  mark: string;
}

export const HANDED_OUT = 'form-guard::handed-out';
/** What keyed digests of exports and downloaded attachments stand under. */
export const HANDED_OUT_HOUSE = 'form-guard:handed-out';

const text = { type: 'string' };

export const disclosureModels = [
  {
    uid: GRANTS,
    singularName: 'form_guard_grants',
    tableName: GRANTS_TABLE,
    attributes: {
      id: { type: 'increments' },
      grantId: text,
      formOrType: text,
      adminUserId: { type: 'integer' },
      fields: { type: 'text' },
      from: { ...text, columnName: 'starts_at' },
      until: { ...text, columnName: 'ends_at' },
      givenBy: text,
      givenAt: text,
      removedAt: text,
      askedAt: text,
      remindedAt: text,
      remindingSince: { type: 'biginteger' },
      mark: text,
    },
    indexes: [
      { name: 'form_guard_grants_id', columns: ['grant_id'], type: 'unique' },
      { name: 'form_guard_grants_person', columns: ['form_or_type', 'admin_user_id'], type: null },
    ],
  },
  {
    uid: ACCOUNTS,
    singularName: 'form_guard_accounts',
    tableName: ACCOUNTS_TABLE,
    attributes: {
      id: { type: 'increments' },
      adminUserId: { type: 'integer' },
      digest: text,
      email: text,
      state: text,
      seq: { type: 'integer' },
      mark: text,
    },
    indexes: [{ name: 'form_guard_accounts_person', columns: ['admin_user_id'], type: 'unique' }],
  },
  {
    uid: HANDED_OUT,
    singularName: 'form_guard_handed_out',
    tableName: 'form_guard_handed_out',
    attributes: { id: { type: 'increments' }, mark: text },
    indexes: [{ name: 'form_guard_handed_out_mark', columns: ['mark'], type: null }],
  },
];

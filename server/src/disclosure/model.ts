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
  mark: string;
  /** Not under the mark: it grants nothing. */
  remindedAt: string | null;
}

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
      remindedAt: text,
      mark: text,
    },
    indexes: [
      { name: 'form_guard_grants_id', columns: ['grant_id'], type: 'unique' },
      { name: 'form_guard_grants_person', columns: ['form_or_type', 'admin_user_id'], type: null },
    ],
  },
];

/** The two tables of the audit. They are no content types: no permission, route, export or webhook reaches them. */
export const AUDIT = 'form-guard::audit';
export const AUDIT_HEAD = 'form-guard::audit-head';

export interface AuditRow {
  id: number;
  seq: number;
  /** ISO 8601 in UTC, kept as text so that the mark over it is exact on every database. */
  at: string;
  event: string;
  actorKind: string;
  actorId: string | null;
  actorName: string | null;
  formOrType: string | null;
  recordId: string | null;
  details: string;
  previous: string;
  mark: string;
}

const text = (options: object = {}) => ({ type: 'string', ...options });

export const auditModels = [
  {
    uid: AUDIT,
    singularName: 'form_guard_audit',
    tableName: 'form_guard_audit',
    attributes: {
      id: { type: 'increments' },
      seq: { type: 'integer' },
      at: text(),
      event: text(),
      actorKind: text(),
      actorId: text(),
      actorName: text(),
      formOrType: text(),
      recordId: text(),
      details: { type: 'text' },
      previous: text(),
      mark: text(),
    },
    indexes: [
      { name: 'form_guard_audit_seq', columns: ['seq'], type: 'unique' },
      { name: 'form_guard_audit_event', columns: ['form_or_type', 'event'], type: null },
      { name: 'form_guard_audit_record', columns: ['form_or_type', 'record_id'], type: null },
    ],
  },
  {
    uid: AUDIT_HEAD,
    singularName: 'form_guard_audit_head',
    tableName: 'form_guard_audit_head',
    attributes: {
      id: { type: 'increments' },
      /** Always 1: one row, whose lock puts the entries of all instances in one order. */
      chain: { type: 'integer' },
      seq: { type: 'integer' },
      mark: text(),
    },
    indexes: [{ name: 'form_guard_audit_head_chain', columns: ['chain'], type: 'unique' }],
  },
];

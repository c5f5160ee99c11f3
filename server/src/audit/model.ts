/** The tables of the audit. They are no content types: no permission, route, export or webhook reaches them. */
export const AUDIT = 'form-guard::audit';
export const AUDIT_TABLE = 'form_guard_audit';
export const AUDIT_HEAD = 'form-guard::audit-head';
export const AUDIT_HEAD_TABLE = 'form_guard_audit_head';
export const AUDIT_LISTS = 'form-guard::audit-lists';
export const AUDIT_LISTS_TABLE = 'form_guard_audit_lists';

export const AUDIT_CHECK = 'form-guard::audit-check';

export const AUDIT_ADDRESSES = 'form-guard::audit-addresses';
export const AUDIT_ADDRESSES_TABLE = 'form_guard_audit_addresses';

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
  /** One mark over all lists as they were after this entry; entries of version 0.1 have none. */
  lists: string | null;
}

/** From where somebody did what an entry says; that one holds a digest of it alone, so that this row can go. */
export interface AddressRow {
  seq: number;
  /** 32 random bytes as hex: without them nobody finds the address by trying all there are. */
  salt: string;
  address: string;
}

/** An entry with the row of its address, where it has one that is still there. */
export type Entry = AuditRow & { [Column in 'salt' | 'address']: AddressRow[Column] | null };

/** One row: how many entries there must be, and what the newest one says. */
export interface HeadRow {
  seq: number;
  mark: string;
  lists: string | null;
  /** Over the three above, so that none of them can be put back alone; version 0.1 had none. */
  seal: string | null;
}

/** What must be so now, and not only have been so once: see lists.ts. */
export interface ListRow {
  about: string;
  list: string;
  /** The entry with which it became so. */
  seq: number;
  mark: string;
}

/** One row: how far the whole chain has been read. */
export interface CheckRow {
  state: string;
  mark: string;
}

const text = (options: object = {}) => ({ type: 'string', ...options });

export const auditModels = [
  {
    uid: AUDIT,
    singularName: 'form_guard_audit',
    tableName: AUDIT_TABLE,
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
      lists: text(),
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
    tableName: AUDIT_HEAD_TABLE,
    attributes: {
      id: { type: 'increments' },
      /** Always 1: one row, whose lock puts the entries of all instances in one order. */
      chain: { type: 'integer' },
      seq: { type: 'integer' },
      mark: text(),
      lists: text(),
      seal: text(),
    },
    indexes: [{ name: 'form_guard_audit_head_chain', columns: ['chain'], type: 'unique' }],
  },
  {
    uid: AUDIT_LISTS,
    singularName: 'form_guard_audit_list',
    tableName: AUDIT_LISTS_TABLE,
    attributes: {
      id: { type: 'increments' },
      about: text(),
      list: { type: 'text' },
      seq: { type: 'integer' },
      mark: text(),
    },
    indexes: [{ name: 'form_guard_audit_lists_about', columns: ['about'], type: 'unique' }],
  },
  {
    uid: AUDIT_CHECK,
    singularName: 'form_guard_audit_check',
    tableName: 'form_guard_audit_check',
    attributes: {
      id: { type: 'increments' },
      /** Always 1. */
      chain: { type: 'integer' },
      state: { type: 'text' },
      mark: text(),
    },
    indexes: [{ name: 'form_guard_audit_check_chain', columns: ['chain'], type: 'unique' }],
  },
  {
    uid: AUDIT_ADDRESSES,
    singularName: 'form_guard_audit_address',
    tableName: AUDIT_ADDRESSES_TABLE,
    attributes: {
      id: { type: 'increments' },
      seq: { type: 'integer' },
      salt: text(),
      address: text(),
    },
    indexes: [{ name: 'form_guard_audit_addresses_seq', columns: ['seq'], type: 'unique' }],
  },
];

/**
 * The vault's tables. They are no content types, so no route, permission, content manager, GraphQL, webhook, export or
 * transfer of Strapi reaches them; and what they hold is sealed.
 */
import type { SealedValue } from '../encryption';
import type { SubmissionState } from '../contract';

export const VAULT = 'form-guard::vault';
export const VAULT_TABLE = 'form_guard_vault';
export const DIGESTS = 'form-guard::digests';
export const FILES = 'form-guard::files';
export const DATA_KEYS = 'form-guard::data-keys';
export const DATA_KEYS_TABLE = 'form_guard_data_keys';
export const DIGESTS_TABLE = 'form_guard_digests';
export const FILES_TABLE = 'form_guard_files';
export const JOBS = 'form-guard::jobs';
export const JOBS_TABLE = 'form_guard_jobs';

export interface VaultRow {
  id: number;
  /** Random for a form's submission; for a wrapped type the document id of its husk. */
  recordId: string;
  formOrType: string;
  receivedAt: string;
  state: SubmissionState;
  /** Id of the admin user who deals with it. */
  assignedTo: number | null;
  /** A day, `2026-03-09`. */
  dueOn: string | null;
  /** Since when it is in the bin, and who put it there, as the audit names people; null: it is not. */
  binnedAt: string | null;
  binnedBy: string | null;
  sealed: SealedValue;
  /** The data key that `sealed` names: for counting and finding, never for opening. */
  keyId: string;
}

/** A sealed file that belongs to a record. What it is called, of what type and how long lies with the record's values. */
export interface FileRow {
  id: number;
  /** Random; what the sealed values call it, and what it is bound to. */
  fileId: string;
  /** Random; what the file store calls it. Another one each time it is sealed anew. */
  storedAs: string;
  /** The data key that its header names. */
  keyId: string;
  formOrType: string;
  recordId: string;
  field: string;
  /** Of the sealed file. */
  bytes: number | string;
  createdAt: string;
}

const text = { type: 'string' };
const index = (name: string, columns: string[], type: 'unique' | null) => ({ name: `form_guard_${name}`, columns, type });

export const vaultModels = [
  {
    uid: VAULT,
    singularName: 'form_guard_vault',
    tableName: VAULT_TABLE,
    attributes: {
      id: { type: 'increments' },
      recordId: text,
      formOrType: text,
      receivedAt: { type: 'datetime' },
      state: text,
      assignedTo: { type: 'integer' },
      dueOn: text,
      binnedAt: { type: 'datetime' },
      binnedBy: text,
      sealed: { type: 'text' },
      keyId: text,
    },
    indexes: [
      index('vault_key', ['key_id', 'id'], null),
      index('vault_record', ['form_or_type', 'record_id'], 'unique'),
      index('vault_received', ['form_or_type', 'received_at'], null),
      index('vault_state', ['form_or_type', 'state', 'received_at'], null),
      index('vault_assigned', ['form_or_type', 'assigned_to', 'received_at'], null),
      index('vault_due', ['form_or_type', 'due_on', 'id'], null),
      index('vault_binned', ['binned_at', 'id'], null),
    ],
  },
  {
    uid: DIGESTS,
    singularName: 'form_guard_digests',
    tableName: DIGESTS_TABLE,
    attributes: {
      id: { type: 'increments' },
      formOrType: text,
      recordId: text,
      field: text,
      kind: text,
      part: text,
      digest: text,
      keyId: text,
    },
    indexes: [
      index('digests_lookup', ['form_or_type', 'field', 'digest'], null),
      index('digests_record', ['form_or_type', 'record_id'], null),
    ],
  },
  {
    uid: FILES,
    singularName: 'form_guard_files',
    tableName: FILES_TABLE,
    attributes: {
      id: { type: 'increments' },
      fileId: text,
      storedAs: text,
      keyId: text,
      formOrType: text,
      recordId: text,
      field: text,
      bytes: { type: 'biginteger' },
      createdAt: { type: 'datetime' },
    },
    indexes: [
      index('files_id', ['file_id'], 'unique'),
      index('files_stored_as', ['stored_as'], null),
      index('files_key', ['key_id', 'id'], null),
      index('files_record', ['form_or_type', 'record_id'], null),
    ],
  },
  {
    uid: DATA_KEYS,
    singularName: 'form_guard_data_keys',
    tableName: DATA_KEYS_TABLE,
    attributes: {
      id: { type: 'increments' },
      keyId: text,
      formOrType: text,
      purpose: text,
      generation: { type: 'integer' },
      state: text,
      wrapped: { type: 'text' },
      seals: { type: 'biginteger' },
      createdAt: { type: 'datetime' },
      retiredAt: { type: 'datetime' },
    },
    indexes: [
      index('data_keys_id', ['key_id'], 'unique'),
      index('data_keys_generation', ['form_or_type', 'purpose', 'generation'], 'unique'),
    ],
  },
  {
    uid: JOBS,
    singularName: 'form_guard_jobs',
    tableName: JOBS_TABLE,
    attributes: {
      id: { type: 'increments' },
      formOrType: text,
      phase: text,
      total: { type: 'integer' },
      done: { type: 'integer' },
      unreadable: { type: 'integer' },
      startedAt: { type: 'datetime' },
      finishedAt: { type: 'datetime' },
      owner: text,
      leasedUntil: { type: 'biginteger' },
    },
    indexes: [index('jobs_form', ['form_or_type'], 'unique')],
  },
];

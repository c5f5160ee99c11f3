/**
 * The vault's tables. They are no content types, so no route, permission, content manager, GraphQL, webhook, export or
 * transfer of Strapi reaches them; and what they hold is sealed.
 */
import type { SealedValue } from '../encryption';
import type { SubmissionState } from '../contract';

export const VAULT = 'form-guard::vault';
export const VAULT_TABLE = 'form_guard_vault';
export const DIGESTS = 'form-guard::digests';
export const DATA_KEYS = 'form-guard::data-keys';

export interface VaultRow {
  id: number;
  /** Random for a form's submission; for a wrapped type the document id of its husk. */
  recordId: string;
  formOrType: string;
  receivedAt: string;
  state: SubmissionState;
  sealed: SealedValue;
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
      sealed: { type: 'text' },
    },
    indexes: [
      index('vault_record', ['form_or_type', 'record_id'], 'unique'),
      index('vault_received', ['form_or_type', 'received_at'], null),
      index('vault_state', ['form_or_type', 'state', 'received_at'], null),
    ],
  },
  {
    uid: DIGESTS,
    singularName: 'form_guard_digests',
    tableName: 'form_guard_digests',
    attributes: { id: { type: 'increments' }, formOrType: text, recordId: text, field: text, digest: text },
    indexes: [
      index('digests_lookup', ['form_or_type', 'field', 'digest'], null),
      index('digests_record', ['form_or_type', 'record_id'], null),
    ],
  },
  {
    uid: DATA_KEYS,
    singularName: 'form_guard_data_keys',
    tableName: 'form_guard_data_keys',
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
    },
    indexes: [
      index('data_keys_id', ['key_id'], 'unique'),
      index('data_keys_generation', ['form_or_type', 'purpose', 'generation'], 'unique'),
    ],
  },
];

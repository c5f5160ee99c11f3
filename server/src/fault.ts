/**
 * A fault is an error that only the operator may read: the caller gets Strapi's bare 500 or 503, the log gets the code.
 * Neither the message nor the cause may hold a value of a submission or a key, because Strapi logs both whole.
 */

export const FAULT_CODES = [
  'SEALED_VALUE_UNREADABLE',
  'VALUES_NOT_SEALABLE',
  'MOVED_VALUE_DIFFERS',
  'ROOT_KEYS_MISSING',
  'ROOT_KEYS_MALFORMED',
  'ROOT_KEY_UNKNOWN',
  'KEY_PROVIDER_UNAVAILABLE',
  'KEY_PROVIDER_REFUSED',
  'DATA_KEY_MISSING',
  'DATA_KEY_DESTROYED',
  'DATA_KEY_IN_TRANSACTION',
  'SEALED_FIELD_WRITE',
  'HUSK_DELETE',
  'FILES_NOT_STORED',
  'AUDIT_NOT_WRITTEN',
  'DISCLOSURE_IN_TRANSACTION',
  'CONFIG_INVALID',
  'STRAPI_NOT_AS_EXPECTED',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

export class Fault extends Error {
  readonly code: FaultCode;
  readonly status: 500 | 503;

  constructor(code: FaultCode, message: string, { status = 500 }: { status?: 500 | 503 } = {}) {
    super(`Form Guard: ${message} [${code}]`);
    this.name = 'FormGuardFault';
    this.code = code;
    this.status = status;
  }
}

/** Whoever holds the root keys does not answer, or takes us no more: what needs a key cannot be told just now. */
export const isKeyProviderAway = (error: unknown): boolean =>
  error instanceof Fault && ['KEY_PROVIDER_UNAVAILABLE', 'KEY_PROVIDER_REFUSED'].includes(error.code);

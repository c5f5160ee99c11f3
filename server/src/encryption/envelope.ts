/**
 * The text form of a sealed value: `fg1.<keyId>.<base64url(nonce ‖ ciphertext ‖ tag)>`. One grammar, one parser, and a
 * limit on length before any work. `fg1` names all that a later format may change.
 */
import { Fault } from '../fault';

declare const sealed: unique symbol;
export type SealedValue = string & { readonly [sealed]: true };

export const FORMAT = 'fg1';
const START = `${FORMAT}.`;
/** 16 MiB of text: far above a submission (1 MiB before sealing), far below what would hurt to parse. */
export const MAX_ENVELOPE_LENGTH = 16 * 1024 * 1024;
export const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

/** @throws Fault VALUES_NOT_SEALABLE for what would be too long to be opened again */
export const formatEnvelope = (keyId: string, bytes: Buffer): SealedValue => {
  const text = `${START}${keyId}.${bytes.toString('base64url')}`;
  if (text.length <= MAX_ENVELOPE_LENGTH) return text as SealedValue;
  throw new Fault(
    'VALUES_NOT_SEALABLE',
    'a submission has more than 12 MiB of values, which cannot be sealed. Shorten them, or send them as files.',
  );
};

/** Where parts are put together, again and again: what comes here is sealed. */
const WORKBENCH = Buffer.alloc(8192);
/** The same of bytes that come in parts: putting most values together takes no memory of their own. */
export const formatParts = (keyId: string, parts: readonly Buffer[]): SealedValue => {
  let length = 0;
  for (const part of parts) {
    if (length + part.length > WORKBENCH.length) return formatEnvelope(keyId, Buffer.concat(parts));
    WORKBENCH.set(part, length);
    length += part.length;
  }
  return formatEnvelope(keyId, WORKBENCH.subarray(0, length));
};

export interface Envelope {
  keyId: string;
  /** nonce ‖ ciphertext ‖ tag */
  bytes: Buffer;
}

/** @returns null when the text is not an envelope; the caller turns that into its one fault. */
export const parseEnvelope = (text: unknown): Envelope | null => {
  if (typeof text !== 'string' || text.length > MAX_ENVELOPE_LENGTH) return null;
  const dot = text.indexOf('.', START.length);
  if (!text.startsWith(START) || dot < 0) return null;
  const keyId = text.slice(START.length, dot);
  const body = text.slice(dot + 1);
  if (!KEY_ID.test(keyId) || body === '') return null;
  const bytes = Buffer.from(body, 'base64url');
  // Several texts decode to the same bytes, some with other characters (a dot, "+", a line break). Only the one that we
  // would write is accepted, and that has none but the letters, digits, "-" and "_" of base64url.
  return bytes.toString('base64url') === body ? { keyId, bytes } : null;
};

/** Which data key a value of ours was sealed under; for the column beside it. */
export const keyIdIn = (sealedValue: SealedValue): string => sealedValue.split('.', 2)[1] as string;

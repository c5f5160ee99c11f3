/**
 * The text form of a sealed value: `fg1.<keyId>.<base64url(nonce ‖ ciphertext ‖ tag)>`. One grammar, one parser, and a
 * limit on length before any work. `fg1` names all that a later format may change.
 */
declare const sealed: unique symbol;
export type SealedValue = string & { readonly [sealed]: true };

export const FORMAT = 'fg1';
/** 16 MiB of text: far above a submission (1 MiB before sealing), far below what would hurt to parse. */
export const MAX_ENVELOPE_LENGTH = 16 * 1024 * 1024;
export const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const BODY = /^[A-Za-z0-9_-]+$/;

export const formatEnvelope = (keyId: string, bytes: Buffer): SealedValue =>
  `${FORMAT}.${keyId}.${bytes.toString('base64url')}` as SealedValue;

/** @returns null when the text is not an envelope; the caller turns that into its one fault. */
export const parseEnvelope = (text: unknown): { keyId: string; bytes: Buffer } | null => {
  if (typeof text !== 'string' || text.length > MAX_ENVELOPE_LENGTH) return null;
  const [format, keyId, body, ...rest] = text.split('.');
  if (format !== FORMAT || rest.length > 0 || !keyId || !KEY_ID.test(keyId) || !body || !BODY.test(body)) return null;
  const bytes = Buffer.from(body, 'base64url');
  // Several texts can decode to the same bytes; only the one that we would write is accepted.
  return bytes.toString('base64url') === body ? { keyId, bytes } : null;
};

/**
 * HashiCorp Vault and OpenBao: the Transit engine wraps data keys, over HTTP; what `wrap` gives is the text `vault:v<n>:…` that
 * it answers. The root key stays there, and is rotated there. Nothing that is sent or answered ever stands in a fault.
 */
import { Fault } from '../../fault';
import { capped } from './capped-answer';
import type { KeyProvider } from './port';
import { doesNotOpen, errorCode, notReached, otherKeyId, refused } from './provider-faults';
import { DEFAULT_TIMEOUT_MS, onceMore, withinTime } from './time-budget';
import { faultOf, member, wrongAnswer, type Answer, type Verb } from './vault-faults';
import { readToken } from './vault-token';

export interface VaultTransitOptions {
  /** Of the root key, as it stands in envelopes. */
  id: string;
  /** `https://vault.example.org:8200` */
  address: string;
  /** Where the Transit engine is. Default `transit`. */
  mount?: string | undefined;
  /** The key of the engine, of a type with associated data: `aes256-gcm96`. */
  key: string;
  /** Either this … */
  token?: string | undefined;
  /** … or a file that holds it, read anew for each call, so that Vault Agent can renew it. */
  tokenFile?: string | undefined;
  namespace?: string | undefined;
  /** For one call, its second try included. Default 3000. */
  timeoutMs?: number | undefined;
}

const NAME = 'Vault Transit';
const KEY_BYTES = 32;
/** Nonce and tag of the shortest AEAD: anything shorter does not hold a wrapped key. */
const LEAST_ADDED = 12 + 16;
const CIPHERTEXT = /^vault:v[1-9]\d{0,8}:([A-Za-z0-9+/]+={0,2})$/;
const MAX_CIPHERTEXT_LENGTH = 2048;

/** @returns null when it is not the canonical base64 text of exactly 32 bytes. */
const parseKey = (text: unknown): Buffer | null => {
  if (typeof text !== 'string' || text.length > 64) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === KEY_BYTES && bytes.toString('base64') === text ? bytes : null;
};

const isCiphertext = (text: string): boolean => {
  const body = text.length <= MAX_CIPHERTEXT_LENGTH ? CIPHERTEXT.exec(text)?.[1] : undefined;
  return body !== undefined && Buffer.from(body, 'base64').length >= KEY_BYTES + LEAST_ADDED;
};

export const createVaultTransit = (options: VaultTransitOptions): KeyProvider => {
  const { id, key, mount = 'transit', timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const address = options.address.replace(/\/+$/, '');
  const here = `${NAME} at ${address}`;
  const asked = { here, id, mount, key };

  const post = async (verb: Verb, fields: Record<string, string>, signal: AbortSignal): Promise<Answer> => {
    const headers = {
      'content-type': 'application/json',
      'X-Vault-Token': await readToken(options),
      // Vault Agent and Vault Proxy can be set to ask for this one.
      'X-Vault-Request': 'true',
      ...(options.namespace === undefined ? {} : { 'X-Vault-Namespace': options.namespace }),
    };
    const response = await fetch(`${address}/v1/${mount}/${verb}/${encodeURIComponent(key)}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(fields),
      // A redirection would carry the token to another host.
      redirect: 'manual',
      signal,
    }).catch((error: unknown) => {
      throw notReached(here, errorCode(error));
    });
    const { status } = response;
    if (status !== 200 && status !== 400) {
      // Its rest does not matter, nor does whether it comes.
      await response.body?.cancel().catch(() => undefined);
      return { status, text: '' };
    }
    const body = response.body as AsyncIterable<Uint8Array> | null;
    const chunks: Uint8Array[] = [];
    try {
      if (body) for await (const chunk of capped(body)) chunks.push(chunk);
    } catch (error) {
      const code = errorCode(error);
      throw code === undefined && !signal.aborted ? wrongAnswer(here) : notReached(here, code);
    }
    return { status, text: Buffer.concat(chunks).toString('utf8') };
  };

  const encrypt = async (bytes: Uint8Array, place: Uint8Array, signal: AbortSignal): Promise<string> => {
    const body = { plaintext: Buffer.from(bytes).toString('base64'), associated_data: Buffer.from(place).toString('base64') };
    const answer = await post('encrypt', body, signal);
    const ciphertext = answer.status === 200 ? member(answer.text, 'data', 'ciphertext') : undefined;
    if (typeof ciphertext === 'string' && isCiphertext(ciphertext)) return ciphertext;
    throw faultOf(answer, { ...asked, verb: 'encrypt' });
  };

  const decrypt = async (ciphertext: string, place: Uint8Array, signal: AbortSignal): Promise<Buffer> => {
    const answer = await post('decrypt', { ciphertext, associated_data: Buffer.from(place).toString('base64') }, signal);
    const bytes = answer.status === 200 ? parseKey(member(answer.text, 'data', 'plaintext')) : null;
    if (bytes) return bytes;
    throw faultOf(answer, { ...asked, verb: 'decrypt' });
  };

  // Before 1.13 Vault leaves associated data unread without a word, and nothing would be bound to its place.
  let bindsPlace = false;
  const assertBindsPlace = async (ciphertext: string, place: Uint8Array, signal: AbortSignal): Promise<void> => {
    const opened = await decrypt(ciphertext, Buffer.concat([place, Buffer.of(0)]), signal).catch((error: unknown) => {
      if (error instanceof Fault && error.code === 'ROOT_KEY_UNKNOWN') return null;
      throw error;
    });
    if (opened)
      throw refused(`${here} does not bind a data key to its place.`, 'Update it: Vault does so from 1.13 on, OpenBao always.');
    bindsPlace = true;
  };

  return {
    name: NAME,
    keyIds: [id],
    wrap: (bytes, place) =>
      withinTime(here, timeoutMs, async (signal) => {
        const ciphertext = await onceMore(timeoutMs, signal, () => encrypt(bytes, place, signal));
        if (!bindsPlace) await onceMore(timeoutMs, signal, () => assertBindsPlace(ciphertext, place, signal));
        return Buffer.from(ciphertext, 'utf8');
      }),
    async unwrap(keyId, wrapped, place) {
      if (keyId !== id) throw otherKeyId(NAME, id, keyId);
      const ciphertext = Buffer.from(wrapped).toString('latin1');
      if (!isCiphertext(ciphertext)) throw doesNotOpen(id, `"${key}" in ${here}`);
      return withinTime(here, timeoutMs, (signal) => onceMore(timeoutMs, signal, () => decrypt(ciphertext, place, signal)));
    },
  };
};

/**
 * The Transit engine of Vault and OpenBao as it is on the wire: real AES-256-GCM with associated data, versions of keys, tokens
 * with policies, the sealed state, and the statuses and texts that Vault answers with (400 even for a key that is not there).
 */
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { startWire, type WireAnswer, type WireRequest } from './wire';

interface TransitKey {
  type: 'aes256-gcm96' | 'rsa-2048';
  derived: boolean;
  versions: Buffer[];
  minDecryptionVersion: number;
}

interface Token {
  /** `create` on an encrypt path makes a key that is not there. */
  may: ('create' | 'update')[];
  expiresAt: number;
  namespace: string;
}

const PATH = /^\/v1\/(.+)\/(encrypt|decrypt)\/([\w.-]+)$/;
const STANDARD_BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const errors = (status: number, ...texts: string[]): WireAnswer => ({ status, body: `${JSON.stringify({ errors: texts })}\n` });
const data = (fields: Record<string, unknown>, warnings: string[] | null): WireAnswer => ({
  status: 200,
  body: JSON.stringify({
    request_id: randomUUID(),
    lease_id: '',
    renewable: false,
    lease_duration: 0,
    data: fields,
    wrap_info: null,
    warnings,
    auth: null,
    mount_type: 'transit',
  }),
});
const fromBase64 = (text: unknown): Buffer | null =>
  typeof text === 'string' && STANDARD_BASE64.test(text) ? Buffer.from(text, 'base64') : null;

export const startTransit = async ({ mount = 'transit', tls }: { mount?: string; tls?: { cert: string; key: string } } = {}) => {
  const keys = new Map<string, TransitKey>();
  const tokens = new Map<string, Token>();
  let sealed = false;
  let readsAssociatedData = true;

  const makeKey = (name: string, { type = 'aes256-gcm96', derived = false }: Partial<TransitKey> = {}): TransitKey => {
    const key: TransitKey = { type, derived, versions: [randomBytes(32)], minDecryptionVersion: 1 };
    keys.set(name, key);
    return key;
  };

  const encrypt = (key: TransitKey, body: Record<string, unknown>): WireAnswer => {
    const plaintext = fromBase64(body.plaintext);
    if (!plaintext) return errors(400, 'illegal base64 data at input byte 0');
    const nonce = randomBytes(12);
    const version = key.versions.length;
    const cipher = createCipheriv('aes-256-gcm', key.versions[version - 1] as Buffer, nonce);
    if (readsAssociatedData) cipher.setAAD(fromBase64(body.associated_data) ?? Buffer.alloc(0));
    const sealedBytes = Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    return data({ ciphertext: `vault:v${version}:${sealedBytes.toString('base64')}`, key_version: version }, null);
  };

  const decrypt = (key: TransitKey, body: Record<string, unknown>): WireAnswer => {
    const [prefix, version, encoded, ...rest] = String(body.ciphertext).split(':');
    if (prefix !== 'vault' || !version?.startsWith('v')) return errors(400, 'invalid ciphertext: no prefix');
    const number = Number(version.slice(1));
    if (encoded === undefined || rest.length > 0) return errors(400, 'invalid ciphertext: wrong number of fields');
    if (number > key.versions.length) return errors(400, 'invalid ciphertext: version is too new');
    if (number < key.minDecryptionVersion)
      return errors(400, 'ciphertext or signature version is disallowed by policy (too old)');
    const bytes = fromBase64(encoded);
    if (!bytes) return errors(400, 'invalid ciphertext: could not decode base64');
    if (bytes.length < 28) return errors(400, 'invalid ciphertext length');
    const decipher = createDecipheriv('aes-256-gcm', key.versions[number - 1] as Buffer, bytes.subarray(0, 12));
    if (readsAssociatedData) decipher.setAAD(fromBase64(body.associated_data) ?? Buffer.alloc(0));
    decipher.setAuthTag(bytes.subarray(-16));
    try {
      const plaintext = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
      return data({ plaintext: plaintext.toString('base64') }, null);
    } catch {
      return errors(400, 'cipher: message authentication failed');
    }
  };

  const answer = ({ method, path, headers, body: text }: WireRequest): WireAnswer => {
    if (sealed) return errors(503, 'Vault is sealed');
    const token = tokens.get(String(headers['x-vault-token']));
    const namespace = String(headers['x-vault-namespace'] ?? '').replace(/\/$/, '');
    if (!token || token.expiresAt <= Date.now() || token.namespace !== namespace)
      return errors(403, '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n');
    const [, at, verb, name = ''] = PATH.exec(path) ?? [];
    if (token.may.length === 0) return errors(403, '1 error occurred:\n\t* permission denied\n\n');
    if (at !== mount) return errors(404, `no handler for route "${path.slice(4)}". route entry not found.`);
    if (method !== 'POST' && method !== 'PUT') return errors(405, '1 error occurred:\n\t* unsupported operation\n\n');
    let body: Record<string, unknown>;
    try {
      body = JSON.parse(text) as Record<string, unknown>;
    } catch {
      return errors(400, 'failed to parse JSON input: invalid character');
    }
    const key = keys.get(name) ?? (verb === 'encrypt' && token.may.includes('create') ? makeKey(name) : undefined);
    if (!key) return errors(400, 'encryption key not found');
    if (body.associated_data !== undefined && key.type === 'rsa-2048')
      return errors(400, "'[0].associated_data' provided for non-AEAD cipher suite rsa-2048");
    if (body.associated_data !== undefined && !fromBase64(body.associated_data)) return errors(500, 'illegal base64 data');
    if (key.derived && body.context === undefined)
      return errors(400, "missing 'context' for key derivation; the key was created using a derived key");
    return verb === 'encrypt' ? encrypt(key, body) : decrypt(key, body);
  };

  const wire = await startWire(answer, tls);
  return {
    wire,
    keys,
    makeKey,
    rotate: (name: string) => keys.get(name)?.versions.push(randomBytes(32)),
    makeToken({
      may = ['update'],
      livesMs = 3_600_000,
      namespace = '',
    }: { may?: Token['may']; livesMs?: number; namespace?: string } = {}): string {
      const token = `hvs.${randomBytes(24).toString('base64url')}`;
      tokens.set(token, { may, expiresAt: Date.now() + livesMs, namespace });
      return token;
    },
    revoke: (token: string) => tokens.delete(token),
    setExpiry(token: string, at: number): void {
      const held = tokens.get(token);
      if (held) held.expiresAt = at;
    },
    allow(token: string, may: Token['may']): void {
      const held = tokens.get(token);
      if (held) held.may = may;
    },
    seal(): void {
      sealed = true;
    },
    unseal(): void {
      sealed = false;
    },
    /** As Vault before 1.13 does, without a word. */
    leaveAssociatedDataUnread(): void {
      readsAssociatedData = false;
    },
  };
};

export type Transit = Awaited<ReturnType<typeof startTransit>>;

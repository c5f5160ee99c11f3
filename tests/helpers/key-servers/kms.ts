/**
 * AWS KMS as it is on the wire: JSON 1.1 with `x-amz-target`, Signature Version 4 computed anew and compared, keys with aliases,
 * states and rotated material, the encryption context really bound, and errors as `__type`.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { startWire, type WireAnswer, type WireRequest } from './wire';

type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport' | 'Unavailable';

interface KmsKey {
  id: string;
  materials: Buffer[];
  state: KeyState;
  spec: 'SYMMETRIC_DEFAULT' | 'RSA_2048';
}

interface Credential {
  secret: string;
  sessionToken?: string;
  state: 'valid' | 'expired';
  mayUseKeys: boolean;
}

const ACCOUNT = '111122223333';
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;
const MAX_SKEW_MS = 5 * 60 * 1000;
const MAX_CONTEXT_LENGTH = 8192;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest();

class KmsError extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** The signature that this request has to carry (Signature Version 4 for a POST to "/"). */
const signatureOf = ({ headers, body, path }: WireRequest, secret: string, scope: string[], signed: string): string => {
  const canonical = [
    'POST',
    path,
    '',
    ...signed.split(';').map((name) => `${name}:${String(headers[name]).trim().replace(/\s+/g, ' ')}`),
    '',
    signed,
    sha256(body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>((at, piece) => hmac(at, piece), `AWS4${secret}`);
  return hmac(key, toSign).toString('hex');
};

/** Of `20300102T030405Z`. */
const timeOf = (date: string): number => Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));

const contextBytes = (context: unknown): Buffer => {
  const pairs = Object.entries((context ?? {}) as Record<string, string>).sort(([one], [other]) => (one < other ? -1 : 1));
  if (JSON.stringify(pairs).length > MAX_CONTEXT_LENGTH)
    throw new KmsError('ValidationException', 'EncryptionContext is too long');
  return Buffer.from(JSON.stringify(pairs), 'utf8');
};

export const startKms = async ({ region = 'eu-central-1' }: { region?: string } = {}) => {
  const keys = new Map<string, KmsKey>();
  const aliases = new Map<string, string>();
  const credentials = new Map<string, Credential>();
  const arnOf = (key: KmsKey): string => `arn:aws:kms:${region}:${ACCOUNT}:key/${key.id}`;

  const checkSignature = (request: WireRequest): Credential => {
    const match = AUTHORIZATION.exec(String(request.headers.authorization));
    if (!match) throw new KmsError('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
    const [, accessKeyId = '', day = '', inRegion = '', service = '', signed = '', signature] = match;
    const credential = credentials.get(accessKeyId);
    if (!credential) throw new KmsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    if (inRegion !== region || service !== 'kms')
      throw new KmsError('InvalidSignatureException', `Credential should be scoped to a valid region and to service kms.`);
    const signedNames = signed.split(';');
    for (const name of ['host', 'x-amz-date', 'x-amz-target', ...(credential.sessionToken ? ['x-amz-security-token'] : [])])
      if (!signedNames.includes(name)) throw new KmsError('IncompleteSignatureException', `${name} must be a signed header`);
    const date = String(request.headers['x-amz-date']);
    if (!date.startsWith(day) || Math.abs(timeOf(date) - Date.now()) > MAX_SKEW_MS)
      throw new KmsError('InvalidSignatureException', `Signature expired: ${date} is now too old.`);
    if (signature !== signatureOf(request, credential.secret, [day, inRegion, service, 'aws4_request'], signed))
      throw new KmsError('InvalidSignatureException', 'The request signature we calculated does not match the one provided.');
    if (credential.sessionToken !== request.headers['x-amz-security-token'])
      throw new KmsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    if (credential.state === 'expired')
      throw new KmsError('ExpiredTokenException', 'The security token included in the request is expired');
    return credential;
  };

  const find = (keyId: unknown): KmsKey => {
    const name = String(keyId)
      .replace(`arn:aws:kms:${region}:${ACCOUNT}:`, '')
      .replace(/^key\//, '');
    const key = keys.get(aliases.get(name) ?? name);
    if (!key) throw new KmsError('NotFoundException', `Key '${name}' does not exist`);
    return key;
  };
  const assertUsable = (key: KmsKey): void => {
    if (key.state === 'Disabled') throw new KmsError('DisabledException', `${arnOf(key)} is disabled.`, 409);
    if (key.state !== 'Enabled') throw new KmsError('KMSInvalidStateException', `${arnOf(key)} is ${key.state}.`, 409);
    if (key.spec !== 'SYMMETRIC_DEFAULT') throw new KmsError('InvalidKeyUsageException', 'The algorithm is incompatible.');
  };

  const encrypt = ({ KeyId, Plaintext, EncryptionContext }: Record<string, unknown>) => {
    const key = find(KeyId);
    assertUsable(key);
    const plaintext = Buffer.from(String(Plaintext), 'base64');
    if (plaintext.length < 1 || plaintext.length > 4096) throw new KmsError('ValidationException', 'Plaintext: 1 to 4096 bytes');
    const nonce = randomBytes(12);
    const header = Buffer.concat([Buffer.from(key.id.replaceAll('-', ''), 'hex'), Buffer.of(key.materials.length)]);
    const cipher = createCipheriv('aes-256-gcm', key.materials.at(-1) as Buffer, nonce);
    cipher.setAAD(contextBytes(EncryptionContext));
    const blob = Buffer.concat([header, nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    return { CiphertextBlob: blob.toString('base64'), KeyId: arnOf(key), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  };

  const decrypt = ({ KeyId, CiphertextBlob, EncryptionContext }: Record<string, unknown>) => {
    const blob = Buffer.from(String(CiphertextBlob), 'base64');
    if (blob.length < 1 || blob.length > 6144) throw new KmsError('ValidationException', 'CiphertextBlob: 1 to 6144 bytes');
    const named = KeyId === undefined ? undefined : find(KeyId);
    if (named) assertUsable(named);
    const sealedBy = [...keys.values()].find((key) => key.id.replaceAll('-', '') === blob.subarray(0, 16).toString('hex'));
    const material = sealedBy?.materials[(blob[16] ?? 0) - 1];
    if (!sealedBy || !material || blob.length < 45) throw new KmsError('InvalidCiphertextException', '');
    if (named && named !== sealedBy)
      throw new KmsError(
        'IncorrectKeyException',
        'The key ID in the request does not identify a CMK that can perform this operation.',
      );
    assertUsable(sealedBy);
    const decipher = createDecipheriv('aes-256-gcm', material, blob.subarray(17, 29));
    decipher.setAAD(contextBytes(EncryptionContext));
    decipher.setAuthTag(blob.subarray(-16));
    try {
      const plaintext = Buffer.concat([decipher.update(blob.subarray(29, -16)), decipher.final()]);
      return { Plaintext: plaintext.toString('base64'), KeyId: arnOf(sealedBy), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    } catch {
      throw new KmsError('InvalidCiphertextException', '');
    }
  };

  const respond = (status: number, body: unknown): WireAnswer => ({
    status,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() },
  });
  const answer = (request: WireRequest): WireAnswer => {
    try {
      if (request.method !== 'POST' || request.path !== '/') throw new KmsError('UnknownOperationException', '', 404);
      if (request.headers['content-type'] !== 'application/x-amz-json-1.1') throw new KmsError('SerializationException', '');
      const credential = checkSignature(request);
      if (!credential.mayUseKeys)
        return respond(400, { __type: 'AccessDeniedException', Message: 'User is not authorized to perform: kms:Encrypt' });
      const body = JSON.parse(request.body) as Record<string, unknown>;
      const target = request.headers['x-amz-target'];
      if (target === 'TrentService.Encrypt') return respond(200, encrypt(body));
      if (target === 'TrentService.Decrypt') return respond(200, decrypt(body));
      throw new KmsError('UnknownOperationException', '');
    } catch (error) {
      if (!(error instanceof KmsError)) throw error;
      return respond(error.status, { __type: error.type, message: error.message });
    }
  };

  const wire = await startWire(answer);
  return {
    wire,
    region,
    credentials,
    arnOf,
    aliases,
    keys,
    makeKey({ alias, spec = 'SYMMETRIC_DEFAULT' }: { alias?: string; spec?: KmsKey['spec'] } = {}): KmsKey {
      const key: KmsKey = { id: randomUUID(), materials: [randomBytes(32)], state: 'Enabled', spec };
      keys.set(key.id, key);
      if (alias) aliases.set(alias, key.id);
      return key;
    },
    rotate: (key: KmsKey) => key.materials.push(randomBytes(32)),
    makeCredential({ session = false }: { session?: boolean } = {}) {
      const accessKeyId = `${session ? 'ASIA' : 'AKIA'}${randomBytes(8).toString('hex').toUpperCase()}`;
      const secret = randomBytes(30).toString('base64');
      const sessionToken = session ? randomBytes(60).toString('base64') : undefined;
      const credential: Credential = { secret, state: 'valid', mayUseKeys: true, ...(sessionToken ? { sessionToken } : {}) };
      credentials.set(accessKeyId, credential);
      return { accessKeyId, credential };
    },
  };
};

export type Kms = Awaited<ReturnType<typeof startKms>>;

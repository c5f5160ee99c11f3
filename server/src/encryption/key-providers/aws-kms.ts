/**
 * AWS KMS through Amazon's client library, which is loaded only when KMS is configured. The place is bound as encryption
 * context, as its SHA-256: that fits the limits of KMS whatever the place, and CloudTrail, which logs the context, learns no name.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { KMSClient } from '@aws-sdk/client-kms';
import { Fault } from '../../fault';
import { faultOf, wrongAnswer } from './aws-faults';
import { capped } from './capped-answer';
import type { KeyProvider } from './port';
import { doesNotOpen, otherKeyId, refused } from './provider-faults';
import { DEFAULT_TIMEOUT_MS, withinTime } from './time-budget';

export interface AwsKmsOptions {
  /** Of the root key, as it stands in envelopes. */
  id: string;
  /** ARN or alias of a symmetric key. An alias that is moved to another key makes data keys unreadable; an ARN cannot be moved. */
  keyId: string;
  /** Default: the one in the ARN, then what the SDK finds (`AWS_REGION` …). */
  region?: string | undefined;
  endpoint?: string | undefined;
  /** For one call, the SDK's second try included. Default 3000. */
  timeoutMs?: number | undefined;
}

type Sdk = typeof import('@aws-sdk/client-kms');

const NAME = 'AWS KMS';
const KEY_BYTES = 32;
/** What Decrypt accepts as ciphertext. */
const MAX_CIPHERTEXT_BYTES = 6144;
const REGION_OF_ARN = /^arn:[^:]+:kms:([^:]+):/;

const loadSdk = async (): Promise<Sdk> => {
  try {
    return await import('@aws-sdk/client-kms');
  } catch {
    throw refused(
      `${NAME} needs the package "@aws-sdk/client-kms", which is not installed or not whole.`,
      'Run "npm install @aws-sdk/client-kms" in the project of this Strapi and start it again.',
    );
  }
};

const isStream = (body: unknown): body is AsyncIterable<Uint8Array> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

const contextOf = (place: Uint8Array): Record<string, string> => ({
  'form-guard': createHash('sha256').update(place).digest('base64'),
});

export const createAwsKms = (options: AwsKmsOptions): KeyProvider => {
  const { id, keyId, endpoint, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const region = options.region ?? REGION_OF_ARN.exec(keyId)?.[1];
  const here = region === undefined ? NAME : `${NAME} in ${region}`;

  const connect = async () => {
    const sdk = await loadSdk();
    const client: KMSClient = new sdk.KMSClient({
      ...(region === undefined ? {} : { region }),
      ...(endpoint === undefined ? {} : { endpoint }),
      maxAttempts: 2,
      // For the calls that the SDK makes on the way to credentials, which no signal reaches.
      requestHandler: { connectionTimeout: timeoutMs, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
    });
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const response = result.response as { body?: unknown };
        if (isStream(response.body)) response.body = Readable.from(capped(response.body));
        return result;
      },
      { step: 'deserialize', priority: 'low', name: 'formGuardCapsAnswers' },
    );
    return { sdk, client };
  };
  let connected: ReturnType<typeof connect> | undefined;
  const connection = (): ReturnType<typeof connect> => {
    connected ??= connect().catch((error: unknown) => {
      connected = undefined;
      throw error instanceof Fault ? error : faultOf(error, { here, id, keyId, deed: 'wrap' });
    });
    return connected;
  };

  /** @throws Fault, a new one whatever happened: the errors of the SDK carry the whole answer with them. */
  const ask = async <T>(
    deed: 'wrap' | 'unwrap',
    send: (connection: { sdk: Sdk; client: KMSClient }, options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> => {
    const both = await connection();
    return withinTime(here, timeoutMs, (abortSignal) =>
      send(both, { abortSignal }).catch((error: unknown) => {
        throw faultOf(error, { here, id, keyId, deed });
      }),
    );
  };

  return {
    name: NAME,
    keyIds: [id],
    async wrap(bytes, place) {
      const command = { KeyId: keyId, Plaintext: bytes, EncryptionContext: contextOf(place) };
      const { CiphertextBlob: wrapped } = await ask('wrap', ({ sdk, client }, how) =>
        client.send(new sdk.EncryptCommand(command), how),
      );
      // Nothing shorter holds 32 bytes and a tag.
      if (!(wrapped instanceof Uint8Array) || wrapped.length < KEY_BYTES + 16 || wrapped.length > MAX_CIPHERTEXT_BYTES)
        throw wrongAnswer(here);
      return Buffer.from(wrapped);
    },
    async unwrap(asked, wrapped, place) {
      if (asked !== id) throw otherKeyId(NAME, id, asked);
      if (wrapped.length === 0 || wrapped.length > MAX_CIPHERTEXT_BYTES) throw doesNotOpen(id, `"${keyId}" in ${here}`);
      // With the key named, KMS refuses what another key of the account has wrapped.
      const command = { KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: contextOf(place) };
      const { Plaintext: bytes } = await ask('unwrap', ({ sdk, client }, how) =>
        client.send(new sdk.DecryptCommand(command), how),
      );
      if (!(bytes instanceof Uint8Array) || bytes.length !== KEY_BYTES) throw wrongAnswer(here);
      return Buffer.from(bytes);
    },
  };
};

/**
 * What an error of AWS KMS, of its front door or of the SDK means: by its name, its status and its network code alone, because
 * everything else in it may repeat what was sent or answered.
 */
import type { Fault } from '../../fault';
import { doesNotOpen, errorCode, notReached, refused, unavailable } from './provider-faults';

/** Of Decrypt: key, place or ciphertext. */
const DOES_NOT_FIT: readonly string[] = ['InvalidCiphertextException', 'IncorrectKeyException'];

/** Besides these, whatever is answered with 429 or 5xx. Throttling is 400 in this protocol. */
const WILL_PASS: readonly string[] = [
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'LimitExceededException',
  'SlowDown',
  'DependencyTimeoutException',
  'KeyUnavailableException',
  'KMSInternalException',
  'InternalFailure',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'RequestTimeout',
  'RequestTimeoutException',
  'TimeoutError',
  'AbortError',
];

const CREDENTIALS = 'The AWS credentials of this process have expired, were revoked or are other ones: renew them.';
const MAY = 'Allow "kms:Encrypt" and "kms:Decrypt" on this key to the identity that Strapi runs as.';
const CLOCK = 'See that the clock of this machine is right, and that the AWS credentials are.';

const ADVICE: Readonly<Record<string, string>> = {
  DisabledException: 'Enable the key.',
  KMSInvalidStateException: 'Cancel its deletion, or import its key material again, or connect its key store.',
  NotFoundException: 'There is no such key in that account and region: correct keyProvider.keyId or keyProvider.region.',
  InvalidArnException: 'Correct keyProvider.keyId.',
  ValidationException: 'Correct keyProvider.keyId.',
  InvalidKeyUsageException: 'It has to be a symmetric key for encryption ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT").',
  AccessDeniedException: MAY,
  AccessDenied: MAY,
  UnrecognizedClientException: CREDENTIALS,
  InvalidClientTokenId: CREDENTIALS,
  ExpiredTokenException: CREDENTIALS,
  ExpiredToken: CREDENTIALS,
  MissingAuthenticationTokenException: CREDENTIALS,
  InvalidSignatureException: CLOCK,
  SignatureDoesNotMatch: CLOCK,
  IncompleteSignatureException: CLOCK,
  RequestExpired: CLOCK,
  CredentialsProviderError:
    'There are no AWS credentials for this process: give it a role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  TokenProviderError: 'The sign-in to AWS has ended: sign in again.',
};

const OTHERWISE = 'See keyProvider.keyId, keyProvider.region, keyProvider.endpoint and the AWS settings of this process.';

export const wrongAnswer = (here: string): Fault =>
  refused(
    `${here} answered with something that is not an answer of KMS, and it was not used.`,
    'See that keyProvider.endpoint and the proxies on the way lead to KMS.',
  );

interface Asked {
  /** `AWS KMS in eu-central-1` */
  here: string;
  id: string;
  keyId: string;
  deed: 'wrap' | 'unwrap';
}

export const faultOf = (error: unknown, { here, id, keyId, deed }: Asked): Fault => {
  const { name, $metadata } = error as { name?: unknown; $metadata?: { httpStatusCode?: unknown } };
  const kind = typeof name === 'string' && /^[A-Za-z]{1,80}$/.test(name) ? name : 'Error';
  const status = typeof $metadata?.httpStatusCode === 'number' ? $metadata.httpStatusCode : 0;
  if (deed === 'unwrap' && DOES_NOT_FIT.includes(kind)) return doesNotOpen(id, `"${keyId}" in ${here}`);
  // What a page is to a parser says nothing; its status does.
  const what = [status, kind].filter((part) => part !== 0 && part !== 'SyntaxError' && part !== 'Unknown').join(', ');
  if (WILL_PASS.includes(kind) || status === 429 || status >= 500) return unavailable(`${here} does not answer now (${what}).`);
  if (status < 300) {
    // Before an answer, or in the middle of one.
    const code = errorCode(error);
    if (code !== undefined) return notReached(here, code);
  }
  if ((status !== 0 && status < 300) || kind === 'SyntaxError') return wrongAnswer(here);
  return refused(`${here} refuses key "${keyId}" (${what}).`, ADVICE[kind] ?? OTHERWISE);
};

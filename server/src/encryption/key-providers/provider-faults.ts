/**
 * What can go wrong with a key provider, as the operator reads it. Strapi logs faults whole: what a provider or its client
 * library says never goes into one, neither as text nor as `cause`, because it may repeat a token, a key or an answer.
 */
import { Fault } from '../../fault';

/** It may work later, without anybody doing anything. */
export const unavailable = (what: string): Fault =>
  new Fault('KEY_PROVIDER_UNAVAILABLE', `${what} It is asked again the next time that a key is needed.`, { status: 503 });

/** Somebody has to act; `deed` says what to do. */
export const refused = (what: string, deed: string): Fault =>
  new Fault('KEY_PROVIDER_REFUSED', `${what} ${deed}`, { status: 503 });

export const rootKeyUnknown = (what: string): Fault => new Fault('ROOT_KEY_UNKNOWN', what);

/** Asked for a root key other than the one that is configured. */
export const otherKeyId = (provider: string, configured: string, asked: string): Fault =>
  rootKeyUnknown(
    `a data key is wrapped by a root key "${asked}", and keyProvider.id of ${provider} is "${configured}". Configure that key again.`,
  );

/** The provider says that key, place or ciphertext do not fit. `key` names its root key as the provider knows it. */
export const doesNotOpen = (keyId: string, key: string): Fault =>
  rootKeyUnknown(
    `a data key does not open under root key "${keyId}": ${key} is another key than the one that wrapped it, or the row was changed. Put the right key back.`,
  );

const CERTIFICATE = /CERT|SIGNATURE|HOSTNAME_MISMATCH/;
/** Node's own `ERR_…` are about a wrong call, except those of TLS. */
const CODE = /^(?!ERR_(?!TLS_|SSL_))[A-Z][A-Z0-9_]{2,59}$/;

/** Of an error of the system or the network, or of one around it: its code, such as `ECONNREFUSED`. */
export const errorCode = (error: unknown): string | undefined => {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 4; depth += 1) {
    const { code, cause } = at as { code?: unknown; cause?: unknown };
    if (typeof code === 'string' && CODE.test(code)) return code;
    at = cause;
  }
  return undefined;
};

/** A certificate that is not trusted stays so until somebody acts; any other trouble of the network may pass. */
export const notReached = (where: string, code: string | undefined): Fault =>
  code !== undefined && CERTIFICATE.test(code)
    ? refused(
        `${where} shows a certificate that this process does not trust (${code}).`,
        'Renew it, or start Strapi with NODE_EXTRA_CA_CERTS naming the file of your certificate authority.',
      )
    : unavailable(`${where} cannot be reached (${code ?? 'the connection broke'}).`);

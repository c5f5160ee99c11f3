/**
 * The option `keyProvider`: who wraps data keys instead of FORM_GUARD_KEYS. Its sentences name options and never repeat what
 * stands in one, because it can be a token.
 */
import path from 'node:path';
import * as yup from 'yup';
import { KEY_ID } from '../envelope';
import { createAwsKms, type AwsKmsOptions } from './aws-kms';
import type { KeyProvider } from './port';
import { createVaultTransit, type VaultTransitOptions } from './vault-transit';

export type KeyProviderOptions = ({ type: 'vault-transit' } & VaultTransitOptions) | ({ type: 'aws-kms' } & AwsKmsOptions);

const TYPES = ['vault-transit', 'aws-kms'] as const;
const MIN_TIMEOUT_MS = 100;
const MAX_TIMEOUT_MS = 30_000;

const SEGMENT = String.raw`\w(?:[\w.-]*\w)?`;
const VAULT_NAME = new RegExp(`^${SEGMENT}$`);
const VAULT_PATH = new RegExp(`^${SEGMENT}(?:/${SEGMENT})*$`);
const VAULT_NAMESPACE = new RegExp(`^${SEGMENT}(?:/${SEGMENT})*/?$`);
const KMS_KEY =
  /^(?:arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[\w/-]{1,256}|alias\/[\w/-]{1,250}|(?:mrk-)?[0-9a-f-]{32,36})$/;
const REGION = /^[a-z]+(?:-[a-z0-9]+){2,4}$/;
const ARN_REGION = /^arn:[^:]+:kms:([^:]+):/;
const TOKEN = /^[\x21-\x7e]+$/;

const text = (option: string, pattern: RegExp, isWhat: string) =>
  yup
    .string()
    .strict()
    .typeError(`Form Guard: keyProvider.${option} must be a text.`)
    .matches(pattern, `Form Guard: keyProvider.${option} must be ${isWhat}.`);
const needed = (option: string) => `Form Guard: keyProvider.${option} is missing.`;
const unknownOption = 'Form Guard: keyProvider has an option that does not exist: ${unknown}.';

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

/** Tokens and keys go over this connection: only one to this machine itself may be plain. */
const isSafeAddress = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(address);
  if (username || password || search || hash) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
};
const address = (option: string) =>
  text(option, /^https?:\/\/\S+$/, 'an address that begins with "https://"').test(
    'safe',
    `Form Guard: keyProvider.${option} must be an address with "https://" ("http://" only to this machine itself), without a name, a password, "?" or "#".`,
    (value) => value === undefined || isSafeAddress(value),
  );

const common = {
  type: yup.mixed().oneOf([...TYPES]),
  id: text('id', KEY_ID, '1 to 32 letters, digits, "-" or "_"').required(needed('id')),
  timeoutMs: yup
    .number()
    .strict()
    .typeError('Form Guard: keyProvider.timeoutMs must be a number.')
    .integer('Form Guard: keyProvider.timeoutMs must be a whole number.')
    .min(MIN_TIMEOUT_MS, `Form Guard: keyProvider.timeoutMs must be at least ${MIN_TIMEOUT_MS}.`)
    .max(MAX_TIMEOUT_MS, `Form Guard: keyProvider.timeoutMs must be at most ${MAX_TIMEOUT_MS}.`),
};

const vaultTransit = yup
  .object({
    ...common,
    address: address('address').required(needed('address')),
    mount: text('mount', VAULT_PATH, 'the path of the Transit engine, such as "transit"'),
    key: text('key', VAULT_NAME, 'the name of a Transit key').required(needed('key')),
    token: text('token', TOKEN, 'a token, without spaces'),
    tokenFile: text('tokenFile', /./, 'the path of a file').test(
      'absolute',
      'Form Guard: keyProvider.tokenFile must be an absolute path.',
      (value) => value === undefined || path.isAbsolute(value),
    ),
    namespace: text('namespace', VAULT_NAMESPACE, 'the path of a namespace, such as "team/web"'),
  })
  .noUnknown(true, unknownOption)
  .strict()
  .test('one-token', 'Form Guard: keyProvider needs either token or tokenFile.', (value) => {
    const { token, tokenFile } = (value ?? {}) as Partial<VaultTransitOptions>;
    return (token === undefined) !== (tokenFile === undefined);
  });

const awsKms = yup
  .object({
    ...common,
    keyId: text('keyId', KMS_KEY, 'the ARN of a KMS key, or "alias/…"').required(needed('keyId')),
    region: text('region', REGION, 'an AWS region, such as "eu-central-1"'),
    endpoint: address('endpoint'),
  })
  .noUnknown(true, unknownOption)
  .strict()
  .test('one-region', 'Form Guard: keyProvider.region is another one than in the ARN of keyProvider.keyId.', (value) => {
    const { keyId, region } = (value ?? {}) as Partial<AwsKmsOptions>;
    const named = keyId === undefined ? undefined : ARN_REGION.exec(keyId)?.[1];
    return region === undefined || named === undefined || region === named;
  });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** For config.ts: nothing, or one of the two. */
export const keyProviderSchema = yup.lazy((value: unknown) => {
  if (value === undefined) return yup.mixed();
  const { type } = isRecord(value) ? value : { type: undefined };
  if (type === 'vault-transit') return vaultTransit;
  if (type === 'aws-kms') return awsKms;
  const choice = `Form Guard: keyProvider must be an object whose type is ${TYPES.map((name) => `"${name}"`).join(' or ')}.`;
  return yup.mixed().test('type', choice, () => false);
});

export const createProvider = (options: KeyProviderOptions): KeyProvider => {
  switch (options.type) {
    case 'vault-transit':
      return createVaultTransit(options);
    case 'aws-kms':
      return createAwsKms(options);
  }
};

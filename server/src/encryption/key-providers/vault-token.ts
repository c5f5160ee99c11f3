/** The token of Vault: read anew for each call, and held nowhere. */
import { readFile } from 'node:fs/promises';
import { errorCode, refused } from './provider-faults';

export interface VaultToken {
  token?: string | undefined;
  tokenFile?: string | undefined;
}

/** What may stand in a header; a token with anything else would be repeated in an error of `fetch`. */
const TOKEN = /^[\x21-\x7e]{1,16384}$/;

const readTokenFile = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    throw refused(
      `keyProvider.tokenFile cannot be read (${errorCode(error) ?? 'it is no file'}).`,
      'See that Vault Agent writes it and that Strapi may read it.',
    );
  });

/** @throws Fault KEY_PROVIDER_REFUSED when there is none */
export const readToken = async ({ token = '', tokenFile }: VaultToken): Promise<string> => {
  const text = (tokenFile === undefined ? token : await readTokenFile(tokenFile)).trim();
  if (TOKEN.test(text)) return text;
  throw refused(
    `${tokenFile === undefined ? 'keyProvider.token' : 'the file of keyProvider.tokenFile'} holds no token.`,
    'Put the token there and nothing else.',
  );
};

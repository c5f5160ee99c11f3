/**
 * Asks the server for one file and waits until all of it is there. Strapi's own client (5.54) reads every answer to a POST as
 * JSON, so this asks beside it, with its token; when that has run out, the client's own renewal is used, once.
 */
import { getFetchClient } from '@strapi/strapi/admin';
import { locksAddress } from './addresses';
import { backendUrl } from './backend-url';
import { failureIn, type Failure } from './read-failure';

export class FileNotFetched extends Error {
  constructor(readonly failure: Failure | 'broken') {
    super('The file was not fetched.');
  }
}

const NO_ANSWER: Failure = { status: null, message: null, code: null, problems: {} };

const ask = async (address: string, token: string | null, signal: AbortSignal): Promise<Response> => {
  try {
    return await fetch(`${backendUrl()}${address}`, {
      method: 'POST',
      headers: { Accept: '*/*', ...(token === null ? {} : { Authorization: `Bearer ${token}` }) },
      credentials: 'include',
      cache: 'no-store',
      signal,
    });
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw new FileNotFetched(NO_ANSWER);
  }
};

/** Any request of Strapi's client renews the token when it has run out. */
const renewToken = () =>
  getFetchClient()
    .get(locksAddress)
    .then(
      () => true,
      () => false,
    );

/**
 * @param token reads the admin's token of this moment
 * @throws FileNotFetched; whatever the signal says when it was aborted
 */
export async function fetchFile(address: string, token: () => string | null, signal: AbortSignal): Promise<Blob> {
  let response = await ask(address, token(), signal);
  if (response.status === 401 && (await renewToken())) response = await ask(address, token(), signal);
  if (!response.ok) throw new FileNotFetched(failureIn(response.status, await response.json().catch(() => null)));
  try {
    return await response.blob();
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    // The server breaks off where a file is damaged.
    throw new FileNotFetched('broken');
  }
}

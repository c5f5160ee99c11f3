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

const NO_ANSWER: Failure = { status: null, message: null, code: null, because: null, problems: {} };

interface Options {
  /** Sent as JSON. */
  body?: object;
  /** Told of each piece as it arrives. */
  onPiece?: (piece: Uint8Array) => void;
}

const ask = async (address: string, token: string | null, signal: AbortSignal, body?: object): Promise<Response> => {
  try {
    return await fetch(`${backendUrl()}${address}`, {
      method: 'POST',
      headers: {
        Accept: '*/*',
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
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

const pieceByPiece = async (content: ReadableStream<Uint8Array>, onPiece: (piece: Uint8Array) => void): Promise<Blob> => {
  const pieces: BlobPart[] = [];
  const reader = content.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value as Uint8Array<ArrayBuffer>);
    onPiece(next.value);
  }
  return new Blob(pieces);
};

/**
 * @param token reads the admin's token of this moment
 * @throws FileNotFetched; whatever the signal says when it was aborted
 */
export async function fetchFile(
  address: string,
  token: () => string | null,
  signal: AbortSignal,
  { body, onPiece }: Options = {},
): Promise<Blob> {
  let response = await ask(address, token(), signal, body);
  if (response.status === 401 && (await renewToken())) response = await ask(address, token(), signal, body);
  if (!response.ok) throw new FileNotFetched(failureIn(response.status, await response.json().catch(() => null)));
  try {
    return onPiece === undefined || response.body === null ? await response.blob() : await pieceByPiece(response.body, onPiece);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    // The server breaks off where a file is damaged.
    throw new FileNotFetched('broken');
  }
}

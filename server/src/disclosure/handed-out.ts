/**
 * What left the vault as a file is known again: a keyed digest of every export and of every attachment that somebody downloaded.
 * It is written down before the last piece is sent, so that nothing that arrived whole is unknown.
 */
import { createHash } from 'node:crypto';
import { table, statement, type Strapi } from '../strapi';
import { vaultOf } from '../vault';
import { HANDED_OUT, HANDED_OUT_HOUSE } from './model';

const markOf = (strapi: Strapi, sha256: string): Promise<string> => vaultOf(strapi).mark(HANDED_OUT_HOUSE, sha256);
const isKnown = async (strapi: Strapi, mark: string): Promise<boolean> =>
  (await table<{ mark: string }>(strapi, HANDED_OUT).count({ where: { mark } })) > 0;

const remember = async (strapi: Strapi, sha256: string): Promise<void> => {
  const mark = await markOf(strapi, sha256);
  if (!(await isKnown(strapi, mark))) await statement(strapi, HANDED_OUT).insert({ mark }).execute();
};

export const wasHandedOut = async (strapi: Strapi, sha256: string): Promise<boolean> =>
  isKnown(strapi, await markOf(strapi, sha256));

export const rememberWhole = async (strapi: Strapi, content: Buffer): Promise<Buffer> => {
  await remember(strapi, createHash('sha256').update(content).digest('hex'));
  return content;
};

/** Passes a content on, one piece behind. */
export async function* rememberPieces<Piece extends Uint8Array | string>(
  strapi: Strapi,
  content: AsyncIterable<Piece>,
): AsyncGenerator<Piece> {
  const hash = createHash('sha256');
  let last: Piece | undefined;
  for await (const piece of content) {
    if (last !== undefined) yield last;
    hash.update(piece);
    last = piece;
  }
  if (last === undefined) return;
  await remember(strapi, hash.digest('hex'));
  yield last;
}

/**
 * Files that came with a request, from the route that received them to the write that stores their record. They are sealed
 * for a record id that is known before, and belong to the first document of their type that the request creates.
 */
import type { DisclosedFile } from '../contract';
import type { Context, Strapi } from '../strapi';
import type { ReceivedFile } from './files';

export interface HandedFiles {
  uid: string;
  recordId: string;
  values: Record<string, DisclosedFile[]>;
  files: ReceivedFile[];
}

const STATE = 'formGuardFiles';
interface Waiting {
  handed: HandedFiles;
  isTaken: boolean;
}

export const handOver = (ctx: Context, handed: HandedFiles): void => {
  ctx.state[STATE] = { handed, isTaken: false } satisfies Waiting;
};

export const wereTaken = (ctx: Context): boolean => (ctx.state[STATE] as Waiting | undefined)?.isTaken ?? false;

/** Once for each request. */
export const takeHanded = (strapi: Strapi, uid: string): HandedFiles | null => {
  const ctx = strapi.requestContext.get() as Context | undefined;
  const waiting = ctx?.state[STATE] as Waiting | undefined;
  if (!waiting || waiting.isTaken || waiting.handed.uid !== uid) return null;
  waiting.isTaken = true;
  return waiting.handed;
};

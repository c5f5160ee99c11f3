/**
 * The body of a submission that comes as multipart/form-data: its text becomes the same object as JSON would, bounded and
 * checked alike; its files are handed on as they come, to be held against the rules of their field.
 */
import type { IncomingMessage } from 'node:http';
import { refuseBody, refuseTooLarge } from '../errors';
import { readParts, type Part } from './multipart';
import { findProblem, foldPairs, MAX_BODY_BYTES } from './read-body';

export interface SentFile {
  field: string;
  fileName: string;
  content: AsyncIterable<Buffer>;
}

/** `data[name]`, `files.name` and `files[name]` as Strapi's own API has them, `name[]` as HTML forms do. */
const IN_BRACKETS = /^(?:data|files)\[([^[\]]+)\](?:\[\])?$/;
const fieldName = (sent: string): string => IN_BRACKETS.exec(sent)?.[1] ?? sent.replace(/^files\./, '').replace(/\[\]$/, '');

const JSON_PART = 'data';

const readText = async ({ content }: Part, budget: { bytes: number }): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of content) {
    budget.bytes -= chunk.length;
    if (budget.bytes < 0)
      throw refuseTooLarge(`The text of the body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MB. Nothing was kept.`);
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw refuseBody('The body is not valid UTF-8. Nothing was kept.');
  }
};

const readJson = (text: string): Record<string, unknown> => {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw refuseBody('The part "data" is not valid JSON. Nothing was kept.');
  }
  if (data === null || typeof data !== 'object' || Array.isArray(data)) {
    throw refuseBody('The part "data" must be a JSON object of fields. Nothing was kept.');
  }
  return data as Record<string, unknown>;
};

/**
 * @param isJson whether a part called "data" is JSON that holds fields, as Strapi's own API has it, and not a field.
 * @param take reads the file to its end, or throws.
 * @returns the fields that are text.
 */
export const readMultipart = async (
  request: IncomingMessage,
  boundary: string,
  { isJson, mayBeFields, take }: { isJson: boolean; mayBeFields: boolean; take(file: SentFile): Promise<void> },
): Promise<Record<string, unknown>> => {
  const budget = { bytes: MAX_BODY_BYTES };
  const pairs: [string, string][] = [];
  let data: Record<string, unknown> = {};
  await readParts(request, boundary, async (part) => {
    const field = fieldName(part.name);
    if (part.fileName !== undefined) return take({ field, fileName: part.fileName, content: part.content });
    const text = await readText(part, budget);
    if (isJson && part.name === JSON_PART) data = readJson(text);
    else pairs.push([field, text]);
  });
  const body = { ...data, ...foldPairs(pairs) };
  const problem = findProblem(body, { mayBeFields });
  if (problem) throw refuseBody(`The body ${problem}. Nothing was kept.`);
  return body;
};

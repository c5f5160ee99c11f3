/**
 * Files of a submission: each is held against the rules of its field while it comes, and sealed straight into the vault. When
 * the submission is refused, or its sender goes away, what was taken in goes again.
 */
import { lastBytes, takeFirst } from '../bytes';
import type { DisclosedFile } from '../contract';
import { refuseBody } from '../errors';
import type { SentFiles } from '../forms';
import { configOf, type Strapi } from '../strapi';
import { vaultOf, type ReceivedFile } from '../vault';
import { fittingName } from './file-name';
import { isTaken, takesAll, whatIsTaken, type Kind } from './file-kinds';
import { SAMPLE_BYTES, typeOf, ZIP } from './file-type';
import { isOfficeArchive, officeType, TAIL_BYTES } from './office-type';
import { lookThroughOle, OLE } from './ole-type';
import type { SentFile } from './read-multipart';

export interface FileRule {
  label: string;
  accept: readonly Kind[];
  maxBytes: number;
  maxFiles: number;
}
export type FileRules = ReadonlyMap<string, FileRule>;
export interface RecordToBe {
  formOrType: string;
  recordId: string;
  rules: FileRules;
}

export interface ReceivedFiles {
  values: SentFiles;
  files: ReceivedFile[];
}

const refusal = (field: string, { label }: FileRule, rule: string): Error => {
  const problem = { path: [field], message: `${label}: ${rule}.` };
  return refuseBody(`The submission was not accepted, nothing was kept. ${problem.message}`, [problem]);
};

const inWords = (bytes: number): string => {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB'];
  return `${Number(size.toFixed(1))} ${unit}`;
};

/** Counts what passes, throws when it is too much, and looks at it. */
const watched = (
  content: AsyncIterable<Uint8Array>,
  { most, look, tooLarge }: { most: number; look: (chunk: Uint8Array) => void; tooLarge: Error },
) => {
  const seen = { bytes: 0 };
  async function* passing(): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      seen.bytes += chunk.length;
      if (seen.bytes > most) throw tooLarge;
      look(chunk);
      yield chunk;
    }
  }
  return { seen, content: passing() };
};

const noSuchField = (rules: FileRules): Error =>
  refuseBody(
    rules.size === 0
      ? 'This form takes no files. Nothing was kept.'
      : `A file was sent where none belongs. Files can be sent as: ${[...rules.keys()].join(', ')}. Nothing was kept.`,
  );

/** @returns what takes the files of one submission in, one after the other, and what it has taken in so far. */
export const createReceiver = (strapi: Strapi, { formOrType, recordId, rules }: RecordToBe) => {
  const limits = configOf(strapi).attachments;
  // Without a prototype: a field may be called like something that every object has.
  const received: ReceivedFiles = { values: Object.create(null) as SentFiles, files: [] };

  const take = async ({ field, fileName, content }: SentFile): Promise<void> => {
    const rule = rules.get(field);
    if (!rule) throw noSuchField(rules);
    const { first, all } = await takeFirst(content, SAMPLE_BYTES);
    // A browser sends a part for a file field that was left empty, too.
    if (fileName === '' && first.length === 0) return;
    const others: DisclosedFile[] = received.values[field] ?? [];
    if (others.length >= rule.maxFiles) {
      throw refusal(field, rule, `must be at most ${rule.maxFiles === 1 ? 'one file' : `${rule.maxFiles} files`}`);
    }
    if (received.files.length >= limits.maxFiles) {
      throw refusal(field, rule, `is one file too many; a submission has at most ${limits.maxFiles}`);
    }
    const notTaken = (): Error => refusal(field, rule, whatIsTaken(rule.accept));
    let type = await typeOf(first);
    if (!isTaken(rule.accept, type) && type !== ZIP) throw notTaken();
    const most = Math.min(rule.maxBytes, limits.maxBytes);
    const tooLarge = refusal(field, rule, `must be at most ${inWords(most)}`);
    // Where anything is taken, there is nothing to look for.
    const isLookedThrough = !takesAll(rule.accept);
    const archive = isLookedThrough && isOfficeArchive(type) ? lastBytes(TAIL_BYTES) : null;
    const ole = isLookedThrough && type === OLE ? lookThroughOle() : null;
    const passing = watched(all, { most, tooLarge, look: (chunk) => (archive ?? ole)?.add(chunk) });
    const file = await vaultOf(strapi).files.receive({ formOrType, recordId, field }, passing.content);
    received.files.push(file);
    if (archive) type = officeType({ first, tail: archive.bytes(), bytes: passing.seen.bytes }, type) ?? ZIP;
    if (ole) type = ole.type();
    if (!isTaken(rule.accept, type)) throw notTaken();
    const shown = { file: file.fileId, name: fittingName(fileName, type, rule.accept), type, bytes: passing.seen.bytes };
    received.values[field] = [...others, shown];
  };

  return { take, received };
};

/**
 * Whether a file is a table of submissions, however it was saved since it was exported: its rows begin with references. Pure; it
 * reads CSV in any separator, and the workbooks of spreadsheet programs (XLSX, ODS), which are ZIP archives (PKWARE's APPNOTE, 4.3).
 */
import { constants, inflateRawSync } from 'node:zlib';
import { uniq } from 'lodash';
import { recordIdOf } from '../reference';

/** A reference as people are told it, or the document id of a husk. */
const REFERENCE = '[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}|[a-z0-9]{24}';
const IN_LINE = new RegExp(`^["']?(${REFERENCE})["']?\\s*[,;\\t|]`, 'gm');
const IN_CELL = new RegExp(`>\\s*(${REFERENCE})\\s*<`, 'g');
/** The first rows are enough to know a table by. */
const MOST = 200;
export const MOST_TEXT = 1024 * 1024;
const MOST_PACKED = 64 * 1024;
const MOST_UNPACKED = 80 * 1024 * 1024;

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].slice(0, MOST).map((match) => recordIdOf(match[1] ?? ''));

/** What does not unpack is nothing that a spreadsheet program could show, either. */
const unpacked = (bytes: Buffer): Buffer => {
  try {
    // Cut off after the first rows on purpose.
    return inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_UNPACKED });
  } catch {
    return Buffer.alloc(0);
  }
};

/** Every part of an archive that holds cells; what is cut or no archive has none. */
const sheetsIn = (archive: Buffer): string[] => {
  const sheets: string[] = [];
  let at = archive.indexOf('PK\x01\x02', 0, 'latin1');
  while (at >= 0 && at + 46 <= archive.length) {
    const [packed, nameLength] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
    const name = archive.toString('latin1', at + 46, at + 46 + nameLength);
    const start = archive.readUInt32LE(at + 42);
    if (/(sharedStrings|worksheets\/[^/]+|^content)\.xml$/.test(name) && start + 30 <= archive.length) {
      const from = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
      const bytes = archive.subarray(from, from + Math.min(packed, MOST_PACKED));
      const isPacked = archive.readUInt16LE(at + 10) === 8;
      sheets.push((isPacked ? unpacked(bytes) : bytes).toString('utf8'));
    }
    at = archive.indexOf('PK\x01\x02', at + 46 + nameLength, 'latin1');
  }
  return sheets;
};

/** @returns record ids that rows of the file would be of; empty for every other file */
export const referencesIn = (file: Buffer): string[] => {
  if (file.subarray(0, 2).toString('latin1') === 'PK') return uniq(sheetsIn(file).flatMap((sheet) => found(sheet, IN_CELL)));
  const isWide = file.length > 1 && file.readUInt16LE(0) === 0xfeff;
  return uniq(found(file.toString(isWide ? 'utf16le' : 'utf8', 0, MOST_TEXT).replace(/^\uFEFF/, ''), IN_LINE));
};

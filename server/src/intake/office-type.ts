/**
 * Office files are ZIP archives, and what is inside stands in a list at their end. A document is one whose list was seen whole and
 * names no macros, in Word, Excel and PowerPoint nor in OpenDocument. Pure; the format is in PKWARE's APPNOTE, 4.3.7, 4.3.12, 4.3.16.
 */
import { inflateRawSync } from 'node:zlib';
import { ZIP } from './file-type';

const END = Buffer.from('PK\x05\x06', 'latin1');
const ENTRY = 'PK\x01\x02';
const LOCAL = 'PK\x03\x04';
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** A list of contents that is longer belongs to no letter or table that somebody would send. */
export const TAIL_BYTES = 256 * 1024;
const MOST_TYPES = 1024 * 1024;

/** The first and the last bytes of a file, and how many it has. */
export interface Ends {
  first: Buffer;
  tail: Buffer;
  bytes: number;
}
interface Entry {
  name: string;
  method: number;
  packed: number;
  at: number;
}

const entriesIn = ({ tail, bytes }: Ends): Entry[] | null => {
  const end = tail.lastIndexOf(END);
  // Nothing behind it, or another list could be the one that a program reads.
  if (end < 0 || tail.length < end + END_BYTES || tail.length !== end + END_BYTES + tail.readUInt16LE(end + 20)) return null;
  let at = end - tail.readUInt32LE(end + 12);
  if (at < 0 || tail.readUInt32LE(end + 16) !== bytes - tail.length + at) return null;
  const entries: Entry[] = [];
  for (let left = tail.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + ENTRY_BYTES > end || tail.toString('latin1', at, at + 4) !== ENTRY) return null;
    const nameEnd = at + ENTRY_BYTES + tail.readUInt16LE(at + 28);
    entries.push({
      name: tail.toString('latin1', at + ENTRY_BYTES, nameEnd).replace(/\\/g, '/'),
      method: tail.readUInt16LE(at + 10),
      packed: tail.readUInt32LE(at + 20),
      at: tail.readUInt32LE(at + 42),
    });
    at = nameEnd + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
  }
  return at === end ? entries : null;
};

const slice = ({ first, tail, bytes }: Ends, at: number, length: number): Buffer | null => {
  if (at + length <= first.length) return first.subarray(at, at + length);
  const from = at - (bytes - tail.length);
  return from >= 0 && from + length <= tail.length ? tail.subarray(from, from + length) : null;
};

/** @returns null where it cannot be read here and now */
const textOf = (ends: Ends, { at, name, method, packed }: Entry): string | null => {
  const header = slice(ends, at, LOCAL_BYTES + name.length);
  if (header?.toString('latin1', 0, 4) !== LOCAL || header.toString('latin1', LOCAL_BYTES).replace(/\\/g, '/') !== name)
    return null;
  const content = slice(ends, at + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28), packed);
  if (!content) return null;
  try {
    const bytes = method === 8 ? inflateRawSync(content, { maxOutputLength: MOST_TYPES }) : method === 0 ? content : null;
    // In whichever width it is written.
    return bytes && bytes.toString('latin1').replace(/\0/g, '');
  } catch {
    // Damaged, or larger than any list of types is.
    return null;
  }
};

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OPEN = 'application/vnd.oasis.opendocument';
const MAIN_PARTS: [name: string, family: string, usual: string][] = [
  ['word/document.xml', `${OFFICE}.wordprocessingml.`, 'document'],
  ['xl/workbook.xml', `${OFFICE}.spreadsheetml.`, 'sheet'],
  ['ppt/presentation.xml', `${OFFICE}.presentationml.`, 'presentation'],
];
const TYPES = '[Content_Types].xml';

export const isOfficeArchive = (type: string): boolean => type === ZIP || type.startsWith(OFFICE) || type.startsWith(OPEN);

const MACROS = /vbaproject|vbadata|macro|(^|\/)activex\//i;
/** Settings of printers, embedded objects and properties; other parts in bytes are programs, or tables that nobody here reads. */
const BYTES = /\.(bin|dat|exe|dll|vbs|js)$/i;
const HARMLESS_BYTES = /(^|\/)(printerSettings|oleObject|customProperty|image|thumbnail)\d*\.bin$/i;
const OPEN_MACROS = /(^|\/)(basic|scripts)\//i;

/**
 * @param seen what the first bytes say: an archive, or already which kind of document
 * @returns null for an archive that is something else, that has macros, or of which that cannot be known
 */
export const officeType = (ends: Ends, seen: string = ZIP): string | null => {
  const entries = entriesIn(ends);
  const names = entries?.map(({ name }) => name) ?? [];
  if (names.length === 0) return null;
  if (seen.startsWith(OPEN)) return names.includes('mimetype') && !names.some((name) => OPEN_MACROS.test(name)) ? seen : null;
  const types = entries?.filter(({ name }) => name.toLowerCase() === TYPES.toLowerCase()) ?? [];
  const [list] = types;
  if (!list || types.length > 1 || names.some((name) => MACROS.test(name))) return null;
  if (names.some((name) => BYTES.test(name) && !HARMLESS_BYTES.test(name))) return null;
  // A part is a macro by its type, whatever it is called.
  const text = textOf(ends, list);
  if (text === null || /macro|vbaproject|<!|&/i.test(text)) return null;
  const [, family, usual] = MAIN_PARTS.find(([name]) => names.includes(name)) ?? [];
  if (family === undefined) return null;
  return seen.startsWith(family) ? seen : seen === ZIP ? `${family}${usual}` : null;
};

/**
 * Office files whose table of contents stands at the end (LibreOffice, Google Docs): the first bytes say only that they are
 * ZIP archives, the last ones hold the list of what is inside. Pure; the format is in PKWARE's APPNOTE, 4.3.12 and 4.3.16.
 */
const END = Buffer.from('PK\x05\x06', 'latin1');
const ENTRY = 'PK\x01\x02';
const END_BYTES = 22;
const ENTRY_BYTES = 46;
/** A list of contents that is longer belongs to no letter or table that somebody would send. */
export const TAIL_BYTES = 64 * 1024;

const namesIn = (tail: Buffer): string[] | null => {
  const end = tail.lastIndexOf(END);
  if (end < 0 || tail.length < end + END_BYTES) return null;
  let at = end - tail.readUInt32LE(end + 12);
  const names: string[] = [];
  for (let left = tail.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at < 0 || at + ENTRY_BYTES > end || tail.toString('latin1', at, at + 4) !== ENTRY) return null;
    const nameEnd = at + ENTRY_BYTES + tail.readUInt16LE(at + 28);
    names.push(tail.toString('latin1', at + ENTRY_BYTES, nameEnd));
    at = nameEnd + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
  }
  return names;
};

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const MAIN_PARTS: [name: string, type: string][] = [
  ['word/document.xml', `${OFFICE}.wordprocessingml.document`],
  ['xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet`],
  ['ppt/presentation.xml', `${OFFICE}.presentationml.presentation`],
];

/** @param tail the last TAIL_BYTES of a ZIP archive @returns null for an archive that is something else, or has macros */
export const officeType = (tail: Buffer): string | null => {
  const names = namesIn(tail);
  if (!names?.includes('[Content_Types].xml') || names.some((name) => /vbaproject|macro/i.test(name))) return null;
  return MAIN_PARTS.find(([name]) => names.includes(name))?.[1] ?? null;
};

/**
 * Word, Excel and PowerPoint before 2007, and much else (installers, mails), lie in one container. It is looked through while it
 * passes: what is inside is named in blocks of 128 bytes (MS-CFB, 2.6.1). A document is one that names the text of a letter, a
 * table or a presentation, and no macros. Pure.
 */
export const OLE = 'application/x-cfb';
/** One that is no document, or has macros. */
export const OTHER_OLE = 'application/x-ole-storage';

const BLOCK = 128;
const DOCUMENTS = ['worddocument', 'workbook', 'book', 'powerpoint document'];
const MACROS = ['macros', 'vba', '_vba_project', '_vba_project_cur', 'vbaproject', 'encryptedpackage'];

/** An entry of the directory, or null for bytes that are something else. */
const nameIn = (block: Buffer): string | null => {
  const length = block.readUInt16LE(64);
  const kind = block[66] ?? 0;
  if (length < 4 || length > 64 || length % 2 !== 0 || ![1, 2, 5].includes(kind) || (block[67] ?? 0) > 1) return null;
  return block.readUInt16LE(length - 2) === 0 ? block.toString('utf16le', 0, length - 2).toLowerCase() : null;
};

/** Sheets of macros of Excel 4 (MS-XLS, 2.4.28): the record that lists a sheet says its kind. */
const SHEET = 0x85;
const LONGEST_SHEET = 80;
const hasMacroSheet = (bytes: Buffer): boolean => {
  for (let at = bytes.indexOf(SHEET); at >= 0 && at + 12 <= bytes.length; at = bytes.indexOf(SHEET, at + 1)) {
    const length = bytes.readUInt16LE(at + 2);
    const letters = bytes[at + 10] ?? 0;
    const isWide = (bytes[at + 11] ?? 0) & 1;
    const fits = length === 7 + letters || length === 8 + letters * (1 + isWide);
    if (bytes[at + 1] === 0 && fits && letters > 0 && letters <= 31 && (bytes[at + 8] ?? 9) <= 2 && bytes[at + 9] === 1)
      return true;
  }
  return false;
};

/** Macros of PowerPoint (MS-PPT, 2.4.11): an atom that says whether there are any. */
const VBA_ATOM = Buffer.from('020000040c000000', 'hex');
const hasMacroAtom = (bytes: Buffer): boolean => {
  for (let at = bytes.indexOf(VBA_ATOM); at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf(VBA_ATOM, at + 1)) {
    if (bytes.readUInt32LE(at + 12) !== 0) return true;
  }
  return false;
};

/** Looks at each byte once, and at a few of them twice. */
export const lookThroughOle = (): { add(chunk: Uint8Array): void; type(): string } => {
  let waiting = Buffer.alloc(0);
  let before = Buffer.alloc(0);
  let isDocument = false;
  let hasMacros = false;
  const look = (bytes: Buffer): void => {
    for (let at = 0; at + BLOCK <= bytes.length; at += BLOCK) {
      const name = nameIn(bytes.subarray(at, at + BLOCK));
      if (name === null) continue;
      isDocument ||= DOCUMENTS.includes(name);
      hasMacros ||= MACROS.includes(name);
    }
    const whole = Buffer.concat([before, bytes]);
    hasMacros ||= hasMacroSheet(whole) || hasMacroAtom(whole);
    before = Buffer.from(whole.subarray(-LONGEST_SHEET));
  };
  return {
    add(chunk) {
      waiting = Buffer.concat([waiting, chunk]);
      // Small pieces wait for one another.
      const whole = waiting.length < 64 * BLOCK ? 0 : waiting.length - (waiting.length % BLOCK);
      if (whole === 0) return;
      look(waiting.subarray(0, whole));
      waiting = Buffer.from(waiting.subarray(whole));
    },
    type() {
      look(waiting);
      return isDocument && !hasMacros ? OLE : OTHER_OLE;
    },
  };
};

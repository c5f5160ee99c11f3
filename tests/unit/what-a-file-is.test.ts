/** What a file is says its content; what it may be called, and how its name goes out, is decided here. */
import { contentDisposition, downloadHeaders } from '../../server/src/disclosure/download-headers';
import { isTaken, whatIsTaken, type Kind } from '../../server/src/intake/file-kinds';
import { cleanName, fittingName } from '../../server/src/intake/file-name';
import { typeOf } from '../../server/src/intake/file-type';
import { boundaryIn } from '../../server/src/intake/multipart';
import { officeType, TAIL_BYTES } from '../../server/src/intake/office-type';
import { lookThroughOle } from '../../server/src/intake/ole-type';
import { readPartHeader } from '../../server/src/intake/part-header';
import { pdf, png } from '../helpers/attachments';
import { zip } from '../helpers/zip';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const main = (type: string) => `<Types><Override PartName="/word/document.xml" ContentType="${type}.main+xml"/></Types>`;
const docx = zip([
  ['[Content_Types].xml', main(WORD)],
  ['word/document.xml', '<w/>'],
]);
const docm = zip([
  ['[Content_Types].xml', main('application/vnd.ms-word.document.macroEnabled')],
  ['word/vbaProject.bin', 'x'],
]);
/** As LibreOffice and Google Docs write it. */
const listedLast = zip([
  ['_rels/.rels', '<r/>'],
  ['word/document.xml', '<w/>'],
  ['[Content_Types].xml', main(WORD)],
]);
const odt = zip([['mimetype', 'application/vnd.oasis.opendocument.text']]);
const oldWord = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);

const types: [what: string, bytes: Buffer, type: string][] = [
  ['a PNG', png('x'), 'image/png'],
  ['a JPEG', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), 'image/jpeg'],
  ['a PDF', pdf('x'), 'application/pdf'],
  ['a Word document', docx, WORD],
  ['one with macros', docm, 'application/vnd.ms-word.document.macroenabled.12'],
  ['an OpenDocument text', odt, 'application/vnd.oasis.opendocument.text'],
  ['a document of Word 97', oldWord, 'application/x-cfb'],
  ['an archive', zip([['a.txt', 'a']]), 'application/zip'],
  ['a program for Windows', Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 'application/x-msdownload'],
  ['a program for Linux', Buffer.from('7f454c4602010100000000000000000002003e00', 'hex'), 'application/x-elf'],
  ['text', Buffer.from('Dear Sir or Madam,\n\nnaïve 🦆'), 'text/plain'],
  ['a table as Excel for Windows saves it', Buffer.from('Stra\xdfe;M\xfcnchen\r\n1;2\r\n', 'latin1'), 'text/plain'],
  ['text in UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('hello', 'utf16le')]), 'text/plain'],
  ['nothing', Buffer.alloc(0), 'text/plain'],
  ['JavaScript', Buffer.from('alert(1)'), 'text/plain'],
  ['a page', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), 'text/html'],
  ['a page behind spaces and a mark', Buffer.from('\ufeff  \n\t<ScRiPt>alert(1)</script>'), 'text/html'],
  ['a page that begins with a comment', Buffer.from('<!-- x --><body onload=alert(1)>'), 'text/html'],
  ['a page in UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<html>', 'utf16le')]), 'text/html'],
  ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'image/svg+xml'],
  ['a drawing with a declaration', Buffer.from('<?xml version="1.0"?>\n<svg onload="alert(1)"/>'), 'image/svg+xml'],
  ['XML', Buffer.from('<?xml version="1.0"?><a/>'), 'application/xml'],
  ['PHP', Buffer.from('<?php system($_GET["c"]);'), 'text/html'],
  ['a script', Buffer.from('#!/bin/sh\nrm -rf /'), 'text/x-script'],
  ['bytes', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]), 'application/octet-stream'],
];
test.each(types)('%s', async (_what, bytes, type) => expect(await typeOf(bytes)).toBe(type));

test('neither damaged nor hostile bytes make it stumble', async () => {
  let state = 7;
  const random = (below: number): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
  for (const [, bytes] of types.filter(([, { length }]) => length > 0)) {
    for (let round = 0; round < 40; round += 1) {
      const damaged = Buffer.from(bytes);
      for (let flips = 0; flips < 4; flips += 1) damaged[random(damaged.length)] = random(256);
      expect(typeof (await typeOf(damaged.subarray(0, 1 + random(damaged.length))))).toBe('string');
    }
  }
});

const ofTail = (tail: Buffer, seen?: string): string | null =>
  officeType({ first: tail.subarray(0, 65_536), tail: tail.subarray(-TAIL_BYTES), bytes: tail.length }, seen);

describe('An Office file whose list of contents is at its end', () => {
  test('is known by it', async () => {
    expect(ofTail(listedLast)).toBe(WORD);
    expect(officeType({ first: listedLast.subarray(0, 10), tail: listedLast.subarray(-600), bytes: listedLast.length })).toBe(
      WORD,
    );
  });
  test.each([
    [
      'with macros',
      zip([
        ...(['_rels/.rels', 'word/document.xml', '[Content_Types].xml', 'word/vbaProject.bin'] as const).map(
          (name): [string, string] => [name, ''],
        ),
      ]),
    ],
    ['an archive', zip([['a.txt', 'a']])],
    ['cut', listedLast.subarray(0, -5)],
    ['with a list that is longer than what was kept', listedLast.subarray(-100)],
    ['nothing', Buffer.alloc(0)],
    ['with a list that lies about itself', Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18, 0xff)])],
  ])('%s is not one', (_what, tail) => expect(ofTail(tail)).toBeNull());

  const ODT = 'application/vnd.oasis.opendocument.text';
  const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const parts = (...names: string[]): [string, string][] => names.map((name) => [name, '']);
  const word: [string, string][] = [['[Content_Types].xml', main(WORD)], ...parts('word/document.xml')];
  const typed = (more: string) => `<Types>${main(WORD)}${more}</Types>`;
  test.each([
    ['a document as Word writes it', zip(word), WORD],
    [
      'one with a printer and an embedded table',
      zip([...word, ...parts('word/printerSettings1.bin', 'word/embeddings/oleObject1.bin')]),
      WORD,
    ],
    ['a text of LibreOffice', zip([['mimetype', ODT], ...parts('content.xml', 'Pictures/a.png')]), ODT],
  ])('%s is one', (_what, bytes, type) => expect(ofTail(bytes, type)).toBe(type));
  test.each([
    [
      'a document with macros behind its first bytes',
      zip([...word, ['a.txt', 'x'.repeat(70_000)], ...parts('word/vbaProject.bin')]),
      WORD,
    ],
    ['macros under another name', zip([...word, ...parts('word/harmless.bin')]), WORD],
    [
      'macros under a name that says nothing, by their type',
      zip([
        ['[Content_Types].xml', typed('<Override PartName="/word/x.xml" ContentType="application/vnd.ms-office.vbaProject"/>')],
        ...parts('word/document.xml', 'word/x.xml'),
      ]),
      WORD,
    ],
    [
      'a type in wide letters',
      zip([
        ['[Content_Types].xml', Buffer.from(typed('vbaProject'), 'utf16le').toString('latin1')],
        ...parts('word/document.xml'),
      ]),
      WORD,
    ],
    ['a type in signs of XML', zip([['[Content_Types].xml', typed('&#118;baProject')], ...parts('word/document.xml')]), WORD],
    [
      'a sheet of macros',
      zip([['[Content_Types].xml', main(SHEET)], ...parts('xl/workbook.xml', 'xl/macrosheets/sheet1.xml')]),
      SHEET,
    ],
    ['a control', zip([...word, ...parts('word/activeX/activeX1.xml')]), WORD],
    ['two lists of types', zip([...word, ['[content_types].XML', main(WORD)]]), WORD],
    ['a text of LibreOffice with Basic', zip([['mimetype', ODT], ...parts('content.xml', 'Basic/Standard/Module1.xml')]), ODT],
    ['one with Python', zip([['mimetype', ODT], ...parts('Scripts/python/a.py')]), ODT],
    ['one with an object that has Basic', zip([['mimetype', ODT], ...parts('Object 1\\Basic\\a.xml')]), ODT],
    ['something behind the list', Buffer.concat([zip(word), Buffer.from('x')]), WORD],
    ['something in front of it', Buffer.concat([Buffer.from('x'), zip(word)]), WORD],
    ['another kind inside than the first bytes say', zip(word), SHEET],
  ])('%s is none', (_what, bytes, type) => expect(ofTail(bytes, type)).toBeNull());
});

describe('The container of Office before 2007', () => {
  const entry = (name: string, kind = 2): Buffer => {
    const block = Buffer.alloc(128);
    block.write(name, 'utf16le');
    block.writeUInt16LE(name.length * 2 + 2, 64);
    block[66] = kind;
    block[67] = 1;
    return block;
  };
  const ole = (...blocks: Buffer[]): Buffer =>
    Buffer.concat([oldWord.subarray(0, 512), Buffer.alloc(512, 'x'), entry('Root Entry', 5), ...blocks]);
  const inPieces = (bytes: Buffer, size: number): string => {
    const { add, type } = lookThroughOle();
    for (let at = 0; at < bytes.length; at += size) add(bytes.subarray(at, at + size));
    return type();
  };
  const sheet = (kind: number): Buffer => Buffer.from([0x85, 0, 0x0c, 0, 1, 2, 3, 4, 0, kind, 4, 0, ...Buffer.from('Tab1')]);
  const atom = (has: number): Buffer =>
    Buffer.concat([Buffer.from('020000040c00000001000000', 'hex'), Buffer.from([has, 0, 0, 0, 2, 0, 0, 0])]);
  const filled = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((128 - (bytes.length % 128)) % 128)]);
  test.each([
    ['a letter', ole(entry('WordDocument')), true],
    ['a table', ole(entry('Workbook'), filled(sheet(0))), true],
    ['an older table', ole(entry('Book')), true],
    ['a presentation', ole(entry('PowerPoint Document'), filled(atom(0))), true],
    ['a large letter', ole(Buffer.alloc(300_032, 'text '), entry('WordDocument')), true],
    ['a letter with macros', ole(entry('WordDocument'), entry('Macros', 1)), false],
    ['a large one', ole(entry('WordDocument'), Buffer.alloc(300_032, 'x'), entry('Macros', 1)), false],
    ['a table with macros', ole(entry('Workbook'), entry('_VBA_PROJECT_CUR', 1)), false],
    ['a table with a sheet of macros', ole(entry('Workbook'), Buffer.alloc(60), sheet(1)), false],
    ['a presentation with macros', ole(entry('PowerPoint Document'), Buffer.alloc(50), atom(1)), false],
    ['one that is locked', ole(entry('EncryptedPackage')), false],
    ['an installer', ole(entry('\u4840\u3f3f\u4577')), false],
    ['a mail', ole(entry('__substg1.0_0037001F')), false],
    ['nothing inside', oldWord, false],
  ])('%s', (_what, bytes, isTakenAsDocument) => {
    const types = [1, 7, 127, 128, 5000, 1_000_000].map((size) =>
      size < 100 && bytes.length > 10_000 ? null : inPieces(bytes, size),
    );
    expect(new Set(types.filter(Boolean))).toEqual(
      new Set([isTakenAsDocument ? 'application/x-cfb' : 'application/x-ole-storage']),
    );
    expect(isTaken(['document'], types.at(-1) ?? '')).toBe(isTakenAsDocument);
    expect(isTaken(['any'], types.at(-1) ?? '')).toBe(true);
  });
});

describe('Kinds', () => {
  const taken: [Kind[], string[], string[]][] = [
    [['image'], ['image/png', 'image/jpeg', 'image/heic'], ['image/svg+xml', 'application/pdf', 'text/html']],
    [['pdf'], ['application/pdf'], ['image/png', WORD]],
    [
      ['document'],
      ['application/pdf', WORD, 'application/x-cfb'],
      ['application/vnd.ms-word.document.macroenabled.12', 'application/zip'],
    ],
    [['text'], ['text/plain', 'text/vcard'], ['text/html', 'application/xml', 'text/x-script', 'application/octet-stream']],
    [['image', 'pdf'], ['image/png', 'application/pdf'], ['text/plain']],
    [['files'], ['application/zip', 'text/html'], ['image/svg+xml', 'video/mp4', 'audio/mpeg']],
    [['any'], ['text/html', 'application/x-msdownload', 'application/octet-stream'], []],
  ];
  test.each(taken)('%s', (accept, yes, no) => {
    expect(yes.filter((type) => !isTaken(accept, type))).toEqual([]);
    expect(no.filter((type) => isTaken(accept, type))).toEqual([]);
    expect(whatIsTaken(accept)).toMatch(/^must be an? |^must be any file|^must be plain/);
  });
});

describe('Names', () => {
  const cleaned: [what: string, sent: string, shown: string][] = [
    ['as it should be', 'Curriculum vitæ (2026).pdf', 'Curriculum vitæ (2026).pdf'],
    ['a path', '../../etc/passwd', 'passwd'],
    ['a path of Windows', 'C:\\Users\\ada\\cv.pdf', 'cv.pdf'],
    ['only a path', '/etc/', 'file'],
    ['dots', '..', 'file'],
    ['hidden', '.bashrc', 'bashrc'],
    ['nothing', '', 'file'],
    ['spaces', '  a \t b  .pdf ', 'a b.pdf'],
    ['a line break', 'a\r\nSet-Cookie: x=1.pdf', 'a Set-Cookie_ x=1.pdf'],
    ['NUL', 'cv.pdf\u0000.exe', 'cv.pdf.exe'],
    ['text turned around', 'cv\u202efdp.exe', 'cvfdp.exe'],
    ['signs without width', 'c\u200bv\ufeff.p\u2060df', 'cv.pdf'],
    ['half a letter', 'cv\ud800.pdf', 'cv.pdf'],
    ['what Windows forbids', 'a<b>:"c|d?e*.txt', 'a_b___c_d_e_.txt'],
    ['what Windows keeps for itself', 'con.txt', '_con.txt'],
    ['decomposed letters', 'nai\u0308ve.txt', 'naïve.txt'],
    ['no ending', 'README', 'README'],
    ['a dot at the end', 'cv.pdf.', 'cv.pdf'],
  ];
  test.each(cleaned)('%s', (_what, sent, shown) => expect(cleanName(sent)).toBe(shown));

  test('five thousand letters are cut, and the ending stays', () => {
    expect(cleanName(`${'a'.repeat(5000)}.pdf`)).toBe(`${'a'.repeat(120)}.pdf`);
    const wide = cleanName(`${'🦆'.repeat(5000)}.pdf`);
    expect(Buffer.byteLength(wide)).toBeLessThanOrEqual(204);
    expect(wide).toMatch(/^(🦆)+\.pdf$/u);
  });

  test.each([
    ['page.html', 'image/png', ['image'], 'page.html.png'],
    ['cv', 'application/pdf', ['pdf'], 'cv.pdf'],
    ['PHOTO.JPG', 'image/jpeg', ['image'], 'PHOTO.JPG'],
    ['run.js', 'text/plain', ['text'], 'run.js.txt'],
    ['table.csv', 'text/plain', ['text'], 'table.csv'],
    ['setup.msi', 'application/x-cfb', ['document'], 'setup.msi.doc'],
    ['run.js', 'text/plain', ['any'], 'run.js'],
    ['setup.exe', 'application/x-msdownload', ['any'], 'setup.exe'],
  ] as [string, string, Kind[], string][])('%s that is %s, in a field for %s', (sent, type, accept, shown) => {
    expect(fittingName(sent, type, accept)).toBe(shown);
  });

  test.each([
    ['cv.pdf', `attachment; filename="cv.pdf"; filename*=UTF-8''cv.pdf`],
    ['naïve 🦆.pdf', `attachment; filename="nai_ve __.pdf"; filename*=UTF-8''na%C3%AFve%20%F0%9F%A6%86.pdf`],
    [`a"b\\c'd(e).txt`, `attachment; filename="a_b_c_d(e).txt"; filename*=UTF-8''a%22b%5Cc%27d%28e%29.txt`],
    ['a\r\nb.txt', `attachment; filename="a__b.txt"; filename*=UTF-8''a%0D%0Ab.txt`],
  ])('%s goes out in a header that it cannot leave', (name, header) => expect(contentDisposition(name)).toBe(header));

  test.each([
    ['image/png', 'image/png'],
    ['application/pdf', 'application/pdf'],
    ['text/html', 'application/octet-stream'],
    ['image/svg+xml', 'application/octet-stream'],
    ['application/xml', 'application/octet-stream'],
    ['text/x-script', 'application/octet-stream'],
    [WORD, 'application/octet-stream'],
  ])('%s goes out as %s', (type, sent) => {
    expect(downloadHeaders({ name: 'a', type, bytes: 1 })['Content-Type']).toBe(sent);
  });
});

describe('The header of a part', () => {
  const read = (disposition: string, more: Record<string, string[]> = {}) =>
    readPartHeader({ 'content-disposition': [Buffer.from(disposition).toString('latin1')], ...more });
  test.each([
    ['text', 'form-data; name="a"', { name: 'a' }],
    ['a file', 'form-data; name="a"; filename="b.txt"', { name: 'a', fileName: 'b.txt' }],
    ['no name of a file', 'form-data; name="a"; filename=""', { name: 'a', fileName: '' }],
    ['UTF-8', 'form-data; name="a"; filename="naïve.txt"', { name: 'a', fileName: 'naïve.txt' }],
    ['a quotation mark, as browsers write it', 'form-data; name="a"; filename="b%22c"', { name: 'a', fileName: 'b"c' }],
    ['a quotation mark, as curl writes it', 'form-data; name="a"; filename="b\\"c"', { name: 'a', fileName: 'b"c' }],
    ['a path', 'form-data; name="a"; filename="C:\\x\\y.txt"', { name: 'a', fileName: 'C:\\x\\y.txt' }],
    ['the encoded form', `form-data; name="a"; filename="x"; filename*=UTF-8''na%C3%AFve`, { name: 'a', fileName: 'naïve' }],
    ['small differences', 'Form-Data ;name=a;  FileName=b.txt ', { name: 'a', fileName: 'b.txt' }],
  ])('%s', (_what, disposition, known) => expect(read(disposition)).toEqual(known));

  test.each([
    ['no name', 'form-data; filename="a"'],
    ['an empty name', 'form-data; name=""'],
    ['something else', 'attachment; name="a"'],
    ['nothing', ''],
    ['a name twice', 'form-data; name="a"; name="b"'],
    ['no end', 'form-data; name="a'],
    ['a thousand backslashes', `form-data; name="${'\\'.repeat(100_001)}`],
    ['something behind', 'form-data; name="a" b'],
  ])('%s is refused', (_what, disposition) => expect(read(disposition)).toBeNull());

  test('a transfer encoding is refused, and a second disposition', () => {
    expect(read('form-data; name="a"', { 'content-transfer-encoding': ['base64'] })).toBeNull();
    expect(readPartHeader({ 'content-disposition': ['form-data; name="a"', 'form-data; name="b"'] })).toBeNull();
    expect(readPartHeader({})).toBeNull();
    expect(readPartHeader({ 'content-disposition': ['form-data; name="\xff"'] })).toBeNull();
  });
});

test.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['multipart/form-data; charset=utf-8; BOUNDARY="a b"', 'a b'],
  ['multipart/form-data', null],
  ['multipart/form-data; boundary=', null],
  ['multipart/form-data; boundary="a\u00e9"', null],
  [`multipart/form-data; boundary=${'a'.repeat(71)}`, null],
])('the boundary in %s', (contentType, boundary) => expect(boundaryIn(contentType)).toBe(boundary));

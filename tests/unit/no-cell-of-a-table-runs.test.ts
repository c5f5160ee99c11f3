/** A table runs nothing, whichever separator the program takes that opens it, and whether or not it minds quotes. */
import { unzipSync, strFromU8 } from 'fflate';
import { CSV_SEPARATORS } from '../../server/src/contract';
import { csvLine, separatorIn } from '../../server/src/csv';
import { workbookOf } from '../../server/src/disclosure/workbook';
import { cellsOf, PROGRAMS, runs } from '../helpers/spreadsheet';

const SIGNS = ['=1+1', '+1', '-1+2', '@SUM(A1)', '＝1', '＋1', '－1', '＠a'];
const BETWEEN = ['', ' ', '"', '" "', '\u00A0', '\u200B', '\n', '\v', '""""', '\u0007'];
const TEXTS = SIGNS.flatMap((sign) => [
  sign,
  ...BETWEEN.flatMap((between) => [...PROGRAMS, '\n', '\v', '\u2028', '\u0085'].map((end) => `Dear all${end}${between}${sign}`)),
]);

test.each(CSV_SEPARATORS)('a table with the separator %j runs in no program', (separator) => {
  const dangerous = TEXTS.flatMap((text) => {
    const line = csvLine(['7YQ2-K4M1', text, '41'], separator);
    return PROGRAMS.flatMap((program) =>
      [true, false].flatMap((mindsQuotes) =>
        cellsOf(line, program, mindsQuotes)
          .filter(runs)
          .map((cell) => [text, cell]),
      ),
    );
  });
  expect(dangerous).toEqual([]);
});

test('the check would see one', () => {
  expect(cellsOf('"a","Dear all;=1+1"', ';', false).filter(runs)).toEqual(['=1+1"']);
});

test('what is no formula stays as it was written', () => {
  const ordinary = ['ça va ?', 'a-b', '12, rue = 3', '-5', 'from 1 to -5, and so on', 'x@example.org', 'Mr. X; born 1970'];
  expect(csvLine(ordinary)).toBe(`${ordinary.map((text) => `"${text}"`).join(',')}\r\n`);
});

test.each([
  ['en', ','],
  ['fr', ';'],
  ['de-AT', ';'],
  ['pt_BR', ';'],
  ['ja', ','],
  ['no language', ','],
  ['', ','],
])('programs in %s expect %s', (language, separator) => {
  expect(separatorIn(language)).toBe(separator);
});

const partsOf = async (rows: (string | number)[][]): Promise<{ sheet: string; texts: string }> => {
  const files = unzipSync(await workbookOf(rows, '[cut]'));
  const text = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
  return { sheet: text('xl/worksheets/sheet1.xml'), texts: text('xl/sharedStrings.xml') };
};

test('in a workbook every answer is text or a number, and none a formula', async () => {
  const { sheet, texts } = await partsOf([['What'], ...TEXTS.map((text) => [text]), [41]]);
  expect(sheet.match(/<c /g)).toHaveLength(TEXTS.length + 2);
  expect(sheet.match(/<c [^>]*t="s"/g)).toHaveLength(TEXTS.length + 1);
  expect(sheet).not.toMatch(/<f[ >]|t="(str|inlineStr|e)"/);
  expect(sheet).toContain('<v>41</v>');
  expect(texts).toContain('<t>=1+1</t>');
});

test('a workbook holds what a cell can hold, and says where more was cut', async () => {
  const { texts } = await partsOf([['x'.repeat(40_000)], ['a\u0000\u000B\uD800b <&>']]);
  const [long = '', odd] = [...texts.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map((match) => match[1]);
  expect(long).toHaveLength(32_767);
  expect(long).toMatch(/x \[cut\]$/);
  expect(odd).toMatch(/^a[^\p{Cc}]*b &lt;&amp;&gt;$/u);
});

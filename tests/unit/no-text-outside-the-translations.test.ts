/** What people read on a screen of the admin is in the translation files and nowhere else, and each language has all of it. */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ADMIN = path.resolve(__dirname, '../../admin/src');
const WORD = /\p{L}{2,}/u;
/** Attributes whose value is read or heard. */
const READ = [
  'label',
  'title',
  'placeholder',
  'aria-label',
  'alt',
  'hint',
  'caption',
  'closeLabel',
  'content',
  'subtitle',
  'error',
];

const screens = (fs.readdirSync(ADMIN, { recursive: true }) as string[]).filter((name) => name.endsWith('.tsx'));

const textsIn = (file: string): string[] => {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(path.join(ADMIN, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const found: string[] = [];
  const note = (text: string): void => void (WORD.test(text) && found.push(text.trim()));
  const literalsIn = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) note(node.text);
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(literalsIn);
    else if (ts.isTemplateExpression(node))
      [node.head, ...node.templateSpans.map(({ literal }) => literal)].forEach(({ text }) => note(text));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node.text);
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) literalsIn(node.expression);
    if (ts.isJsxAttribute(node) && READ.includes(node.name.getText()) && node.initializer)
      literalsIn(ts.isJsxExpression(node.initializer) ? (node.initializer.expression ?? node.initializer) : node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

test.each(screens)('%s', (file) => {
  expect(textsIn(file)).toEqual([]);
});

test('every language has every text, with the same places in it', () => {
  const read = (language: string): Record<string, string> =>
    JSON.parse(fs.readFileSync(path.join(ADMIN, 'translations', `${language}.json`), 'utf8')) as Record<string, string>;
  const [en, fr] = [read('en'), read('fr')];
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  /** Arguments of a message begin with a small letter, the words of its branches do not. */
  const placesIn = (text = ''): string =>
    [...new Set([...text.matchAll(/\{([a-z]\w*)[,}]/g)].map(([, name]) => name))].sort().join();
  expect(Object.keys(en).filter((key) => placesIn(fr[key]) !== placesIn(en[key]))).toEqual([]);
});

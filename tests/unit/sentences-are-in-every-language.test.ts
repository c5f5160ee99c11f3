/** What the server says to people in the admin: in each language the same places, and nowhere else than among the sentences. */
import fs from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import ts from 'typescript';
import { languageOf, sayIn, type SentenceKey } from '../../server/src/sentences';
import { en } from '../../server/src/sentences.en';
import { fr } from '../../server/src/sentences.fr';

const SRC = path.resolve(__dirname, '../../server/src');
const KEYS = Object.keys(en) as SentenceKey[];

/** Arguments with what is done with them; French may put them in another order. */
const placesIn = (message: string): string[] => {
  const found = new Set<string>();
  JSON.stringify(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst(), (_key, node: unknown) => {
    const { type, value } = (node ?? {}) as { type?: number; value?: unknown };
    if (type !== undefined && type !== 0 && typeof value === 'string') found.add(value);
    return node;
  });
  return [...found].sort();
};

test.each(KEYS)('%s', (key) => {
  expect(placesIn(fr[key])).toEqual(placesIn(en[key]));
  expect(fr[key]).not.toBe(en[key]);
  for (const language of ['en', 'fr']) {
    const values = Object.fromEntries(placesIn(en[key]).map((name) => [name, 2]));
    expect(sayIn(language, key, values)).not.toMatch(/[{}#]|undefined|null/);
  }
});

test('the parser sees places at all', () => {
  expect(placesIn('{a, plural, one {{b}} other {{c, select, x {{d}} other {}}}}')).toEqual(['a', 'b', 'c', 'd']);
});

test.each([
  ['fr', 'fr'],
  ['fr-CA', 'fr'],
  ['FR', 'fr'],
  ['en', 'en'],
  ['de', 'en'],
  ['__proto__', 'en'],
  ['', 'en'],
  [null, 'en'],
  [7, 'en'],
])('somebody who prefers %j reads %s', (preferred, language) => {
  expect(languageOf(preferred)).toBe(language);
});

/** What only a program that calls the API wrongly is told, never a person at a screen. */
const FOR_PROGRAMS = [
  'There is an option that does not exist.',
  'There is no such filter.',
  'The reason is text.',
  'The list of files takes',
  'Say what to change: state, assignedTo or dueOn.',
  'Say which field to search.',
  'The search has an option',
  'The state is one of',
  'A person is a number.',
  'Only state, assignedTo and dueOn',
  'A note is text.',
  'A note has a text and nothing else.',
  'The form has an option',
  'A field has an option',
  'A field type is one of',
  'What a file field takes is some of',
  'The fields are: ',
  'There is no form at this address.',
  'Assigned is “me”',
  'The order is one of: ',
  'A format is one of: ',
  'A separator is a comma',
  'The day is “overdue” or left out.',
];
const TOLD = [
  'refuse',
  'refuseBody',
  'refuseUnknown',
  'required',
  'min',
  'max',
  'matches',
  'typeError',
  'noUnknown',
  'oneOf',
  'wrong',
];

const toldIn = (file: string): string[] => {
  const source = ts.createSourceFile(file, fs.readFileSync(path.join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const calls = ts.isCallExpression(node) ? (node.expression.getText().split('.').at(-1) ?? '') : '';
    const texts = ts.isCallExpression(node) && TOLD.includes(calls) ? node.arguments : [];
    for (const text of texts) {
      if (ts.isStringLiteral(text) || ts.isNoSubstitutionTemplateLiteral(text)) found.push(text.text);
      if (ts.isTemplateExpression(text)) found.push(text.head.text);
    }
    if (
      ts.isPropertyAssignment(node) &&
      /^(message|step|text|subject)$/.test(node.name.getText()) &&
      /['`]/.test(node.initializer.getText()[0] ?? '')
    )
      found.push(node.initializer.getText().slice(1));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter((text) => /\p{L}+ \p{L}+ \p{L}+/u.test(text) && !FOR_PROGRAMS.some((known) => text.startsWith(known)));
};
const files = ['audit', 'disclosure', 'exposure', 'forms', 'protection'].flatMap((room) =>
  (fs.readdirSync(path.join(SRC, room), { recursive: true }) as string[]).map((name) => path.join(room, name)),
);
/** For those who send. */
const FOR_SENDERS = path.join('forms', 'answers.ts');
test.each(files.filter((name) => name.endsWith('.ts') && name !== FOR_SENDERS))(
  '%s tells people nothing past the sentences',
  (file) => {
    expect(toldIn(file)).toEqual([]);
  },
);

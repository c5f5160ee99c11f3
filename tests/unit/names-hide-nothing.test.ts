/** What people call themselves and their things takes no more of a sentence than a name does. */
import { byEmail, inOneLine } from '../../server/src/plain-words';
import { actorOf } from '../../server/src/protection/actor';
import { sayIn } from '../../server/src/sentences';

const NAMES: [string, string][] = [
  ['spaces', `${' '.repeat(230)}Boss`],
  ['spaces that have no width', `${'\u200b'.repeat(230)}Boss`],
  ['no-break and ideographic spaces', `${'\u00a0\u3000\u2003'.repeat(80)}Boss`],
  ['line breaks', `${'\r\n\u2028\t'.repeat(60)}Boss`],
  ['what turns the direction of writing', '\u202e\u2066Boss\u2069\u202c'],
  ['fillers that count as letters', `${'\u3164\u115f\uffa0\u2800'.repeat(50)}Boss`],
  ['tags and variation selectors', `Boss${'\u{e0061}\ufe0f\u{e0100}'.repeat(60)}`],
  ['controls', 'Bo\u0000ss\u0007\u001b'],
];

test.each(NAMES)('%s are taken out of a name', (_what, name) => {
  expect(inOneLine(name)).toBe('Boss');
});

test('a name is cut at sixty characters, never inside one, and heaped marks are taken off', () => {
  expect([...inOneLine('😀'.repeat(100))]).toHaveLength(60);
  expect(inOneLine('x'.repeat(60))).toBe('x'.repeat(60));
  expect(inOneLine(`Z${'\u0335'.repeat(50)}`)).toBe('Z\u0335\u0335');
  expect(inOneLine('Zoë  Ångström-Łuków')).toBe('Zoë Ångström-Łuków');
});

test.each(NAMES)('whoever has %s as a first name is on record by their address and number', (_what, firstname) => {
  const user = { id: 7, firstname, lastname: 'x'.repeat(300), email: 'mallory@example.org' };
  const actor = actorOf({ state: { user, route: { info: { type: 'admin' } } } });
  expect(actor).toMatchObject({ kind: 'admin', id: '7' });
  expect(actor.name).toMatch(/^mallory@example\.org \(Boss x+…\)$/);
  expect(byEmail({ name: '', email: 'mallory@example.org' })).toBe('mallory@example.org');
});

test('titles, tokens and roles neither hide nor break the sentence around them', () => {
  expect(sayIn('en', 'event.form.created', { title: ` ${' '.repeat(240)}\u202eA\n\nform” by Boss` })).toBe(
    'Created the form “A form” by Boss”.',
  );
  expect(sayIn('en', 'event.token.narrowed', { token: 'x'.repeat(255) }).length).toBeLessThan(270);
});

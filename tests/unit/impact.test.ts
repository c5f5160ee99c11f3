/** What a refusal says, word for word, where there are no, one and many submissions. */
import { EXPOSURE_EFFECTS, type ExposureEffect } from '../../server/src/contract';
import { exposureSentence, type Effect } from '../../server/src/protection/impact';
import type { Phrase } from '../../server/src/sentences';

const audience: Phrase = { key: 'audience.public' };
const part: Phrase = { key: 'part.attribute', values: { name: 'message' } };
const signs = ['email', 'phone'];
const PUBLISHED = 'would become readable by anyone on the internet.';
const PERSONAL = 'Strangers can send to this type, and it asks for what looks personal: email, phone.';
type Sentences = [effect: Effect, none: string, one: string, many: string];
const table: Sentences[] = [
  [
    { effect: 'published', audience, label: 'Contact', signs },
    `Every coming entry of “Contact” ${PUBLISHED} ${PERSONAL}`,
    `1 entry of “Contact” ${PUBLISHED} ${PERSONAL}`,
    `412 entries of “Contact” ${PUBLISHED} ${PERSONAL}`,
  ],
  [
    { effect: 'read', audience },
    'Every coming submission to “Contact” would become readable by anyone on the internet.',
    '1 submission to “Contact” would become readable by anyone on the internet.',
    '412 submissions to “Contact” would become readable by anyone on the internet.',
  ],
  [
    { effect: 'changed', audience },
    'Every coming submission to “Contact” could be changed or deleted by anyone on the internet.',
    '1 submission to “Contact” could be changed or deleted by anyone on the internet.',
    '412 submissions to “Contact” could be changed or deleted by anyone on the internet.',
  ],
  [
    { effect: 'entered', audience },
    'Submissions to “Contact” could be entered by hand by anyone on the internet.',
    'Submissions to “Contact” could be entered by hand by anyone on the internet.',
    'Submissions to “Contact” could be entered by hand by anyone on the internet.',
  ],
  [
    { effect: 'told', audience },
    'Anyone on the internet would be told of each submission to “Contact”.',
    'Anyone on the internet would be told of each submission to “Contact”; 1 has come so far.',
    'Anyone on the internet would be told of each submission to “Contact”; 412 have come so far.',
  ],
  [
    { effect: 'copied', audience },
    'Anyone on the internet could copy the whole site, with what is not sealed of every coming submission to “Contact”.',
    'Anyone on the internet could copy the whole site, with what is not sealed of 1 submission to “Contact”.',
    'Anyone on the internet could copy the whole site, with what is not sealed of 412 submissions to “Contact”.',
  ],
  [
    { effect: 'named', audience },
    'Anybody could be named as a reader, of everything that was and will be sent, by anyone on the internet.',
    'Anybody could be named as a reader, of everything that was and will be sent, by anyone on the internet.',
    'Anybody could be named as a reader, of everything that was and will be sent, by anyone on the internet.',
  ],
  [
    { effect: 'destroyed' },
    '“Contact” would be gone, and whatever people send to it would be lost.',
    '1 submission to “Contact” would be destroyed: what is not sealed would be gone, and nobody could open the rest.',
    '412 submissions to “Contact” would be destroyed: what is not sealed would be gone, and nobody could open the rest.',
  ],
  [
    { effect: 'destroyed', part },
    'What every coming submission to “Contact” says under the attribute “message” would be lost.',
    'What 1 submission to “Contact” says under the attribute “message” would be lost.',
    'What 412 submissions to “Contact” say under the attribute “message” would be lost.',
  ],
  [
    { effect: 'reshaped', part },
    'The attribute “message” would be changed for every coming submission to “Contact”.',
    'The attribute “message” would be changed for 1 submission to “Contact”.',
    'The attribute “message” would be changed for 412 submissions to “Contact”.',
  ],
];

test.each(table)('%j', (effect, ...sentences) => {
  const said = [0, 1, 412].map((submissions) => exposureSentence({ label: 'Contact', submissions }, effect));
  expect(said).toEqual(sentences);
});

test('every effect is in the table', () => {
  const effects = new Set<ExposureEffect>(table.map(([{ effect }]) => effect));
  expect([...effects].sort()).toEqual([...EXPOSURE_EFFECTS].sort());
});

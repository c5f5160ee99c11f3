/** Invents submissions: life-like, of nobody. E-mails end in example.org; phone numbers are Ofcom's for drama. Pure. */
import { inventAttachments } from './attachments.mjs';
import { BOROUGHS, COMPLAINT, SAFE_TIMES, VICTIMS, WAYS } from './forms.mjs';
import * as phrases from './phrases.mjs';

const letters = (text) => text.toLowerCase().replace(/[^a-z]/g, '');
const padded = (number, length) => String(number).padStart(length, '0');
const maybe = (chance, share, make) => (chance.likely(share) ? make() : undefined);

const person = (chance, number) => {
  const first = chance.pick(phrases.FIRST_NAMES);
  const last = chance.pick(phrases.SURNAMES);
  const phone = () =>
    chance.likely(0.5) ? `07700 900${padded(chance.whole(0, 999), 3)}` : `020 7946 0${padded(chance.whole(0, 999), 3)}`;
  return {
    name: `${first} ${last}`,
    email: `${letters(first)}.${letters(last)}.${number}@example.org`,
    phone: maybe(chance, 0.7, phone),
  };
};
const day = (chance) => `2026-${padded(chance.whole(1, 9), 2)}-${padded(chance.whole(1, 28), 2)}`;
const message = (chance, openings, middles) =>
  [chance.pick(openings), ...chance.some(middles, 0.35), chance.pick(phrases.ENDINGS)].join(chance.likely(0.3) ? '\n\n' : ' ');

const complaint = (chance, number) => ({
  ...person(chance, number),
  borough: chance.pick(BOROUGHS),
  incident_date: maybe(chance, 0.8, () => day(chance)),
  officer: maybe(chance, 0.4, () => `Shoulder number ${chance.whole(1000, 9999)} or close to it`),
  message: message(chance, phrases.COMPLAINT_OPENINGS, phrases.COMPLAINT_MIDDLES),
  answer_by: chance.some(WAYS, 0.5),
  consent: true,
});

const victim = (chance, number) => ({
  ...person(chance, number),
  safe_to_call: chance.pick(SAFE_TIMES),
  borough: chance.pick(BOROUGHS),
  crime_date: maybe(chance, 0.7, () => day(chance)),
  crime_reference: maybe(chance, 0.5, () => `INVENTED/${chance.whole(100000, 999999)}/26`),
  age: maybe(chance, 0.6, () => chance.whole(16, 88)),
  message: message(chance, phrases.VICTIM_OPENINGS, phrases.VICTIM_MIDDLES),
  under_18: chance.likely(0.1),
  consent: true,
});

const contact = (chance, number) => ({
  data: {
    ...person(chance, number),
    topic: chance.pick(phrases.TOPICS),
    message: message(chance, phrases.CONTACT_OPENINGS, []),
    wantsReply: chance.likely(0.8),
  },
});

const intake = ({ slug }) => `/api/form-guard/forms/${slug}/submissions`;
/** The last one and some before it, so that somebody new meets them at the top of the inbox. */
const hasAttachments = (index) => index >= 164 && index % 5 === 4;
const KINDS = [
  { count: 180, path: intake(COMPLAINT), make: complaint, hasAttachments },
  { count: 120, path: intake(VICTIMS), make: victim },
  { count: 100, path: '/api/contact-submissions', make: contact },
];

/** @returns [{ path, body, files? }], the same for the same chance; `undefined` answers are left out when it is sent. */
export const inventSubmissions = (chance) => {
  let number = 0;
  return KINDS.flatMap(({ count, path, make, hasAttachments: withFiles = () => false }) =>
    Array.from({ length: count }, (_, index) => {
      const body = make(chance, (number += 1));
      return withFiles(index) ? { path, body, files: inventAttachments(chance, body) } : { path, body };
    }),
  );
};

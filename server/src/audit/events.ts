/**
 * The closed list of what is written down, with the details each event carries; its sentence for people stands among the
 * sentences, as `event.<name>`. No detail may hold a value of a submission.
 */
import type { ExposureEffect } from '../contract';
import { uniq } from 'lodash';
import { inWords, isSentenceKey, say, sayDay, type Phrase } from '../sentences';

export interface EventDetails {
  'submission.opened': { fields: string[]; all: boolean };
  'attachment.opened': { file: string; field: string };
  'submission.searched': { field: string; found: number };
  'submission.stateChanged': { state: string };
  'submission.assigned': { person: string | null };
  'submission.due': { on: string | null };
  'submission.noted': Record<string, never>;
  'submissions.exported': { submissions: number; reason: string; fields: string[]; all: boolean };
  'submission.exported': { fields: string[]; all: boolean };
  'submission.binned': Record<string, never>;
  'submission.restored': Record<string, never>;
  /** Entries from before there was a bin have none. */
  'submission.erased': { from?: 'bin' };
  'submission.entered': Record<string, never>;
  'submission.changed': { fields: string[] };
  'submissions.movedIn': { submissions: number; rows: number };
  'attachments.movedIn': { files: number };
  'submissions.movedOut': Record<string, never>;
  'archive.made': { forms: number; submissions: number; files: number };
  'archive.restored': { submissions: number; files: number; madeAt: string };
  'reader.named': { grant: string; person: string; until: string | null; fields: string[] | null };
  'reader.asked': { grant: string; person: string; until: string | null; fields: string[] | null };
  'reader.removed': { grant: string; person: string };
  /** Entries of version 0.1 have no reason: what they tell of ended the namings. */
  'reader.suspended': { person: string; why?: 'changed' | 'off' | 'unknown' };
  'reader.confirmed': { person: string };
  'reader.accountKnown': { person: string };
  'reader.accountChanged': { person: string };
  'form.created': { title: string };
  'form.changed': { title: string; slug: string; open: boolean };
  'form.deleted': { title: string };
  /** Entries of version 0.1 have no effects: all of them were about reading. */
  'visibility.refused': { audience: Phrase | string | null; actions: string[]; effects?: ExposureEffect[] };
  'role.mayName': { role: string; people: number };
  'role.allowedToName': { role: string; people: number };
  'roles.allowedPages': { roles: string[] };
  /** What of the type looked personal then; a decision is about that. */
  'publication.decided': { label: string; reason: string; attributes: string[] };
  'publication.takenBack': { label: string };
  /** None: the settings as they were when they were looked at for the first time. */
  'config.changed': { changes: { option: string; before: string[] | null; after: string[] | null }[] | null };
  'token.narrowed': { token: string };
  'links.ended': { links: number };
  'audit.broken': { entries: string };
  'audit.mended': { entries: string };
  'audit.breakAccepted': { entries: string; reason: string };
  'audit.addressesForgotten': { addresses: number; day: string };
  'keys.rotated': Record<string, never>;
  'keys.resealed': { done: number; unreadable: number };
  'keys.rewrapped': { keys: number; rootKey: string };
  'keys.destroyed': { keys: number };
  'keys.shredded': { keys: number; submissions: number; attachments: number };
}
export type EventName = keyof EventDetails;
type Value = string | number | boolean | null;

const naming = ({ person, until, fields }: EventDetails['reader.named']): Record<string, Value> => ({
  person,
  until: until && sayDay(until),
  isEndless: until === null,
  fields: fields?.join(', ') ?? null,
  all: fields === null,
});

/** `api::contact.contact.find`: the box is called “find”, and which type it is of stands beside the sentence. */
const boxOf = (action: string): string => (/^\S+::\S+$/.test(action) ? (action.split('.').at(-1) ?? action) : action);

/** What the sentence of an event is made of; one that is not here has its details as they are. */
const PREPARED: { [Name in EventName]?: (details: EventDetails[Name]) => Record<string, Value> } = {
  'submission.opened': ({ fields, ...rest }) => ({ ...rest, fields: fields.join(', ') }),
  'submission.assigned': ({ person }) => ({ person, isNobody: person === null }),
  'submission.due': ({ on }) => ({ on: on && sayDay(on), isNever: on === null }),
  'submissions.exported': ({ fields, ...rest }) => ({ ...rest, fields: fields.join(', ') }),
  'submission.exported': ({ fields, all }) => ({ all, fields: fields.join(', ') }),
  'submission.changed': ({ fields }) => ({ fields: fields.join(', ') }),
  'archive.restored': ({ madeAt, ...rest }) => ({ ...rest, madeAt: sayDay(madeAt) }),
  'submission.erased': ({ from }) => ({ isBinned: from === 'bin' }),
  'reader.named': naming,
  'reader.asked': naming,
  'reader.suspended': ({ person, why = null }) => ({ person, why }),
  'visibility.refused': ({ audience, actions, effects = ['read'] }) => ({
    deeds: effects.map((effect) => say(`deed.${effect}`, { audience: audienceInWords(audience) })).join(say('deed.and')),
    actions: uniq(actions.map(boxOf)).join(', '),
  }),
  'publication.decided': ({ attributes, ...rest }) => ({ ...rest, attributes: attributes.join(', ') }),
  'config.changed': ({ changes }) => ({
    isFirst: changes === null,
    changes: (changes ?? [])
      .map(({ option, before, after }) => `${option}: ${before?.join(', ') ?? '–'} → ${after?.join(', ') ?? '–'}`)
      .join('; '),
  }),
  'roles.allowedPages': ({ roles }) => ({ roles: roles.join(', ') }),
};

/** Entries from before the sentences had translations hold words. */
const audienceInWords = (audience: Phrase | string | null): string | null =>
  audience === null || typeof audience === 'string' ? audience : inWords(audience);

export const isEventName = (name: string): name is EventName => isSentenceKey(`event.${name}`);

/** In the language of whoever asks. @throws when the details are not those of the event */
export const eventSentence = (event: EventName, details: Record<string, unknown>): string => {
  const prepare = PREPARED[event] as ((given: unknown) => Record<string, Value>) | undefined;
  return say(`event.${event}`, prepare ? prepare(details) : (details as Record<string, Value>));
};

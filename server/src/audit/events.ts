/**
 * The closed list of what is written down, with the details each event carries and its sentence for people. No detail
 * may hold a value of a submission.
 */
import type { ExposureEffect } from '../contract';

export interface EventDetails {
  'submission.opened': { fields: string[]; all: boolean; from: string };
  'attachment.opened': { file: string; field: string; from: string };
  'submission.searched': { field: string; found: number; from: string };
  'submission.stateChanged': { state: string };
  'submission.assigned': { person: string | null };
  'submission.due': { on: string | null };
  'submission.noted': Record<string, never>;
  'submissions.exported': { submissions: number; reason: string; fields: string[]; all: boolean; from: string };
  'submission.exported': { fields: string[]; all: boolean };
  'submission.erased': Record<string, never>;
  'submission.entered': Record<string, never>;
  'submission.changed': { fields: string[] };
  'submissions.movedIn': { submissions: number; rows: number };
  'submissions.movedOut': Record<string, never>;
  'archive.made': { forms: number; submissions: number; files: number };
  'archive.restored': { submissions: number; files: number; madeAt: string };
  'reader.named': { grant: string; person: string; until: string | null; fields: string[] | null };
  'reader.removed': { grant: string; person: string };
  'reader.suspended': { person: string };
  'form.created': { title: string };
  'form.changed': { title: string; slug: string; open: boolean };
  'form.deleted': { title: string };
  /** Entries of version 0.1 have no effects: all of them were about reading. */
  'visibility.refused': { audience: string | null; actions: string[]; effects?: ExposureEffect[] };
  'roles.allowedPages': { roles: string[] };
  'token.narrowed': { token: string };
  'keys.rotated': Record<string, never>;
  'keys.resealed': { done: number; unreadable: number };
  'keys.rewrapped': { keys: number; rootKey: string };
  'keys.destroyed': { keys: number };
  'keys.shredded': { keys: number; submissions: number; attachments: number };
}
export type EventName = keyof EventDetails;

/** As the admin calls them. */
const STATES: Record<string, string> = { new: 'New', open: 'In progress', done: 'Done', spam: 'Spam' };

const TRIED: Record<ExposureEffect, (audience: string) => string> = {
  read: (audience) => `let ${audience} read submissions`,
  changed: (audience) => `let ${audience} change or delete submissions`,
  entered: (audience) => `let ${audience} enter submissions by hand`,
  told: (audience) => `have ${audience} told of each submission`,
  copied: (audience) => `let ${audience} copy what is not sealed of submissions`,
  destroyed: () => 'destroy submissions or a part of them',
  reshaped: () => 'change what submissions are made of',
};

export const EVENTS: { [Name in EventName]: (details: EventDetails[Name]) => string } = {
  'submission.opened': ({ fields, all, from }) =>
    `Opened a submission (${all ? 'all answers' : `the answers ${fields.join(', ')}`}) from ${from}.`,
  'attachment.opened': ({ file, field, from }) => `Opened an attachment (“${field}”, ${file}) from ${from}.`,
  'submission.searched': ({ field, found, from }) =>
    `Searched for an exact “${field}” and found ${found === 1 ? '1 submission' : `${found} submissions`}, from ${from}.`,
  'submission.stateChanged': ({ state }) => `Set a submission to “${STATES[state] ?? state}”.`,
  'submission.assigned': ({ person }) =>
    person ? `Gave a submission to ${person} to deal with.` : 'Gave a submission to nobody.',
  'submission.due': ({ on }) =>
    on ? `Set the day by which a submission is to be dealt with: ${on}.` : 'Took away the day by which a submission was due.',
  'submission.noted': () => 'Wrote a note to a submission.',
  'submissions.exported': ({ submissions, reason, fields, all, from }) =>
    `Exported ${submissions === 1 ? '1 submission' : `${submissions} submissions`} (${all ? 'all answers' : `the answers ${fields.join(', ')}`}) from ${from}. The reason given: ${reason}`,
  'submission.exported': ({ fields, all }) =>
    `Exported this submission (${all ? 'all answers' : `the answers ${fields.join(', ')}`}).`,
  'submission.entered': () => 'Entered a submission by hand in the content manager.',
  'submission.changed': ({ fields }) => `Changed what a submission says: ${fields.join(', ')}.`,
  'submission.erased': () => 'Deleted a submission; its values are gone.',
  'submissions.movedIn': ({ submissions, rows }) =>
    `Sealed ${submissions === 1 ? '1 submission' : `${submissions} submissions`} from before the type was protected and emptied ${rows === 1 ? 'its row' : `their ${rows} rows`} in the site’s own table.`,
  'submissions.movedOut': () =>
    'Began to put every submission back into the site’s own table, unsealed. Who can read them there is up to the site.',
  'archive.made': ({ submissions, files }) =>
    `Made a backup of ${submissions === 1 ? '1 submission' : `${submissions} submissions`} and ${files === 1 ? '1 attachment' : `${files} attachments`}, all of them sealed.`,
  'archive.restored': ({ submissions, files, madeAt }) =>
    `Restored ${submissions === 1 ? '1 submission' : `${submissions} submissions`} and ${files === 1 ? '1 attachment' : `${files} attachments`} from a backup of ${madeAt.slice(0, 10)}.`,
  'reader.named': ({ person, until, fields }) =>
    `Named ${person} as a reader of ${fields ? `the answers ${fields.join(', ')}` : 'all answers'}, ${until ? `until ${until.slice(0, 10)}` : 'without an end'}.`,
  'reader.removed': ({ person }) => `Removed ${person} as a reader.`,
  'reader.suspended': ({ person }) =>
    `Changed the e-mail or password of ${person}, who was a reader: every naming of ${person} ended.`,
  'form.created': ({ title }) => `Created the form “${title}”.`,
  'form.changed': ({ title, slug, open }) =>
    `Changed the form “${title}”. It has the address “${slug}” and is ${open ? 'open' : 'closed'}.`,
  'form.deleted': ({ title }) => `Deleted the form “${title}”, which had no submissions.`,
  'visibility.refused': ({ audience, actions, effects = ['read'] }) =>
    `Tried to ${effects.map((effect) => TRIED[effect](audience ?? 'nobody')).join(' and to ')} (${actions.join(', ')}). It was refused; nothing was saved.`,
  'roles.allowedPages': ({ roles }) => `Let the roles ${roles.join(', ')} open the Form Guard pages, once, at the first start.`,
  'token.narrowed': ({ token }) =>
    `Took the reach of the API token “${token}” away, which Strapi had made and nobody had used. It can be given what it needs by hand.`,
  'keys.rotated': () => 'Changed the keys. New submissions are sealed under the new ones; older submissions follow.',
  'keys.resealed': ({ done, unreadable }) =>
    `Sealed ${done === 1 ? '1 submission or attachment' : `${done} submissions and attachments`} anew under the current keys and opened all of them once${unreadable > 0 ? `; ${unreadable} could not be opened and were left as they are` : ''}.`,
  'keys.rewrapped': ({ keys, rootKey }) =>
    `Wrapped ${keys === 1 ? '1 key' : `${keys} keys`} anew under the root key “${rootKey}”. Root keys from before are not needed any more.`,
  'keys.destroyed': ({ keys }) =>
    `Destroyed ${keys === 1 ? '1 older key' : `${keys} older keys`} that nothing was sealed under any more.`,
  'keys.shredded': ({ submissions, attachments }) =>
    `Destroyed the keys of ${submissions === 1 ? '1 submission' : `${submissions} submissions`} and ${attachments === 1 ? '1 attachment' : `${attachments} attachments`} for ever. They do not open any more; backups from before hold the keys still.`,
};

export const isEventName = (name: string): name is EventName => Object.hasOwn(EVENTS, name);

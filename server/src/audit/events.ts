/**
 * The closed list of what is written down, with the details each event carries and its sentence for people. No detail
 * may hold a value of a submission.
 */
export interface EventDetails {
  'submission.opened': { fields: string[]; all: boolean; from: string };
  'submission.searched': { field: string; found: number; from: string };
  'submission.stateChanged': { state: string };
  'submission.erased': Record<string, never>;
  'submission.entered': Record<string, never>;
  'submission.changed': { fields: string[] };
  'reader.named': { grant: string; person: string; until: string | null; fields: string[] | null };
  'reader.removed': { grant: string; person: string };
  'reader.suspended': { person: string };
  'form.created': { title: string };
  'form.changed': { title: string; slug: string; open: boolean };
  'form.deleted': { title: string };
  'visibility.refused': { audience: string; actions: string[] };
  'roles.allowedPages': { roles: string[] };
}
export type EventName = keyof EventDetails;

/** As the admin calls them. */
const STATES: Record<string, string> = { new: 'New', open: 'In progress', done: 'Done', spam: 'Spam' };

export const EVENTS: { [Name in EventName]: (details: EventDetails[Name]) => string } = {
  'submission.opened': ({ fields, all, from }) =>
    `Opened a submission (${all ? 'all answers' : `the answers ${fields.join(', ')}`}) from ${from}.`,
  'submission.searched': ({ field, found, from }) =>
    `Searched for an exact “${field}” and found ${found === 1 ? '1 submission' : `${found} submissions`}, from ${from}.`,
  'submission.stateChanged': ({ state }) => `Set a submission to “${STATES[state] ?? state}”.`,
  'submission.entered': () => 'Entered a submission by hand in the content manager.',
  'submission.changed': ({ fields }) => `Changed what a submission says: ${fields.join(', ')}.`,
  'submission.erased': () => 'Deleted a submission; its values are gone.',
  'reader.named': ({ person, until, fields }) =>
    `Named ${person} as a reader of ${fields ? `the answers ${fields.join(', ')}` : 'all answers'}, ${until ? `until ${until.slice(0, 10)}` : 'without an end'}.`,
  'reader.removed': ({ person }) => `Removed ${person} as a reader.`,
  'reader.suspended': ({ person }) =>
    `Changed the e-mail or password of ${person}, who was a reader: every naming of ${person} ended.`,
  'form.created': ({ title }) => `Created the form “${title}”.`,
  'form.changed': ({ title, slug, open }) =>
    `Changed the form “${title}”. It has the address “${slug}” and is ${open ? 'open' : 'closed'}.`,
  'form.deleted': ({ title }) => `Deleted the form “${title}”, which had no submissions.`,
  'visibility.refused': ({ audience, actions }) =>
    `Tried to let ${audience} read submissions (${actions.join(', ')}). It was refused; nothing was saved.`,
  'roles.allowedPages': ({ roles }) => `Let the roles ${roles.join(', ')} open the Form Guard pages, once, at the first start.`,
};

export const isEventName = (name: string): name is EventName => Object.hasOwn(EVENTS, name);

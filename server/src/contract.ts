/**
 * Every request and response between the admin and the server, as types and nothing else: both sides compile against
 * this file, so a change that breaks one of them does not build. Dates are ISO 8601 strings in UTC.
 */

/** A form (`form:<documentId>`) or a wrapped content type (its UID), as both sides name it in URLs. */
export type FormOrTypeId = string;

export const SUBMISSION_STATES = ['new', 'open', 'done', 'spam'] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

export const FIELD_TYPES = [
  'text',
  'longText',
  'email',
  'phone',
  'number',
  'date',
  'checkbox',
  'choice',
  'choices',
  'file',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/**
 * What a file field takes; decided by the content of a file, never by its name or by what the sender calls it. `document`
 * is PDF, Word, Excel, PowerPoint, OpenDocument, RTF, without macros. HTML, SVG, XML, scripts and programs are in `any` only.
 */
export const FILE_KINDS = ['image', 'pdf', 'document', 'text', 'audio', 'video', 'any'] as const;
export type FileKind = (typeof FILE_KINDS)[number];
/** Where a file field does not say what it takes. */
export const DEFAULT_FILE_KINDS: readonly FileKind[] = ['image', 'document', 'text'];

/**
 * One question of a form. Lengths are in characters, `min`/`max` are numbers. `options` belongs to the choice types;
 * `accept`, `maxBytes` (of each file) and `maxFiles` (1 if left out) to `file`, within the limits of the site's config.
 */
export interface FormField {
  name: string;
  label: string;
  type: FieldType;
  required: boolean;
  help?: string;
  minLength?: number;
  maxLength?: number;
  min?: number;
  max?: number;
  options?: string[];
  accept?: FileKind[];
  maxBytes?: number;
  maxFiles?: number;
  /** Keep a keyed digest, so that a reader can find submissions by this exact value. */
  searchable?: boolean;
}

/** What an editor writes. `slug` is the last part of the public address. */
export interface FormDefinition {
  title: string;
  slug: string;
  intro: string;
  open: boolean;
  fields: FormField[];
  /** Shown, or redirected to, after a plain HTML form was sent. `redirectTo` is a path or an https address. */
  thankYou: string;
  redirectTo: string;
  /** Whether its readers get a mail, without a value, when something has come. */
  tellReaders: boolean;
  /** Off unless the form says so; what is kept is sealed with the rest. */
  keepAddress: boolean;
  keepUserAgent: boolean;
}

export interface Form extends FormDefinition {
  documentId: string;
  /** `form:<documentId>` */
  id: FormOrTypeId;
  createdAt: string;
  updatedAt: string;
  submissions: number;
  /** The path at which it is described and takes submissions; `rest.prefix` of the site is its beginning. */
  address: string;
}

/** One form or wrapped type, without a single value of its submissions. */
export interface SourceSummary {
  id: FormOrTypeId;
  kind: 'form' | 'type';
  label: string;
  /** Forms only. */
  slug: string | null;
  open: boolean | null;
  submissions: number;
  /** Deleted ones, which can still be taken back. */
  binned: number;
  /** When the oldest and the newest submission came. */
  since: string | null;
  latest: string | null;
  /** How many people may open submissions today; null while that cannot be told, because the provider of the keys is away. */
  readers: number | null;
  youMayRead: boolean;
}

/** Something that is open and should be shut, or that a maintainer should know; with the one step that mends it. */
export interface ExposureFinding {
  code: string;
  severity: 'high' | 'notice';
  formOrType: FormOrTypeId | null;
  /** Plain words: what is open, to whom. */
  message: string;
  /** Plain words: what to do. */
  step: string;
  /** A page of this admin where the step is done, or null. */
  href: string | null;
}

export interface Overview {
  sources: SourceSummary[];
  findings: ExposureFinding[];
  unlisted: UnlistedType[];
  checkedAt: string;
  youMay: {
    manageForms: boolean;
    nameReaders: boolean;
    readAudit: boolean;
    manageKeys: boolean;
    decidePublic: boolean;
    takeBackPublic: boolean;
  };
}

export interface SubmissionRow {
  recordId: string;
  /** What the sender was told; the same id, grouped for reading aloud. */
  reference: string;
  receivedAt: string;
  state: SubmissionState;
  assignedTo: Colleague | null;
  /** A day, `2026-03-09`. */
  dueOn: string | null;
}

/** A person who may read here, or might once. */
export interface Colleague {
  id: number;
  name: string;
}

export interface Pagination {
  page: number;
  pageSize: number;
  total: number;
  pageCount: number;
}

export interface Page<Row> {
  data: Row[];
  pagination: Pagination;
}

export const INBOX_ORDERS = ['newest', 'oldest', 'due'] as const;
export type InboxOrder = (typeof INBOX_ORDERS)[number];
export const ASSIGNMENTS = ['me', 'nobody'] as const;
/**
 * What is shown of an inbox. `state`, `assigned`: `me`, `nobody` or the id of a person; `due`: `overdue`. `order=due` has only
 * those with a day, the nearest first, as `due` has if no order is given.
 */
export interface InboxFilter {
  state?: SubmissionState;
  assigned?: string;
  due?: 'overdue';
  order?: InboxOrder;
}

/** What may be changed about a submission, one or several at once. */
export interface HandlingBody {
  state?: SubmissionState;
  assignedTo?: number | null;
  dueOn?: string | null;
}

export interface Note {
  id: string;
  by: string;
  at: string;
  text: string;
}
export const MOST_NOTES = 200;
export const LONGEST_NOTE = 5000;

/** What the search of an inbox calls the reference, which is no field. */
export const REFERENCE_FIELD = 'form-guard:reference';

/** Which submissions have exactly this value in a field, or in a part of it. */
export interface SubmissionSearch {
  field: string;
  /** As the page of the inbox offered it; the whole value if it is not said. */
  part?: string | undefined;
  value: string;
}

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export const CSV_SEPARATORS = [',', ';', '\t'] as const;
export type CsvSeparator = (typeof CSV_SEPARATORS)[number];

/**
 * `POST /form-guard/inbox/:formOrType/export` answers with a table, a line a submission: CSV (RFC 4180, UTF-8 with a mark at its
 * start) or a workbook (XLSX); `…/export/count` with how many it would be. Either the submissions named, or those that the
 * filter or the search finds.
 */
export interface ExportBody extends ExportSelection {
  /** Why; it stays on record. */
  reason: string;
  format?: ExportFormat;
  /** Of CSV; if it is not said, what programs in the person's language expect. */
  separator?: CsvSeparator;
}
export interface ExportSelection {
  recordIds?: string[];
  filter?: Omit<InboxFilter, 'order'>;
  search?: SubmissionSearch | undefined;
}
/** A workbook is made in memory. */
export const MOST_IN_WORKBOOK = 5000;
export const SHORTEST_REASON = 5;
export const LONGEST_REASON = 500;
export const MOST_PICKED = 1000;

/** The page of an inbox also says what may be searched. */
export interface InboxPage extends Page<SubmissionRow> {
  /** There are more than `pagination.total`, which are not counted. */
  isMore: boolean;
  mayExport: boolean;
  /** Whether the caller may delete submissions here, and see the bin. */
  mayDelete: boolean;
  /** Those to whom a submission can be given. */
  colleagues: Colleague[];
  source: Pick<SourceSummary, 'id' | 'kind' | 'label'>;
  /** `part` is `whole`, or what of the value is searched for: `last:4` (its last 4 letters and digits), `postcode-district`. */
  searchable: { name: string; label: string; part: string }[];
}

/** A deleted submission; nothing of it is opened. `erasedAt`: when the sweep erases it. */
export interface BinnedRow extends Pick<SubmissionRow, 'recordId' | 'reference' | 'receivedAt'> {
  deletedAt: string;
  /** As the history names people. */
  deletedBy: string;
  erasedAt: string;
}
/**
 * `GET /form-guard/bin/:formOrType`, latest first. `DELETE /form-guard/inbox/:formOrType/:recordId` puts there, `POST
 * /form-guard/bin/:formOrType/:recordId/take-back` takes out, `…/erase` erases, also what is still in the inbox.
 */
export interface BinPage extends Page<BinnedRow> {
  /** How many days something stays here. */
  days: number;
  source: Pick<SourceSummary, 'id' | 'kind' | 'label'>;
}

/** A value as it is shown: text, number, yes/no, list, or nested (components). `null` where nothing was given. */
export type DisclosedValue = string | number | boolean | null | DisclosedValue[] | { [key: string]: DisclosedValue };

/**
 * One file of a submission. `POST /form-guard/inbox/:formOrType/:recordId/files/:file` answers with its content, as a
 * download; each time it stands in the audit. `type` was found in the content; `bytes` is the size of the clear file.
 */
export type DisclosedFile = { file: string; name: string; type: string; bytes: number };

/** Where `type` is `file` (forms and wrapped types alike), `value` is a list of `DisclosedFile`, or null. */
export interface DisclosedField {
  name: string;
  label: string;
  type: string;
  value: DisclosedValue;
}

/** A submission opened for one person. `opening` is the audit entry that was written before. */
export interface Disclosure {
  recordId: string;
  reference: string;
  formOrType: FormOrTypeId;
  label: string;
  receivedAt: string;
  state: SubmissionState;
  fields: DisclosedField[];
  /** Fields that exist but were not named in this reader's grant. */
  withheld: string[];
  opening: { seq: number; at: string };
  assignedTo: Colleague | null;
  dueOn: string | null;
  colleagues: Colleague[];
  /** For how many days a deleted one can be taken back; null where the caller may not delete it. */
  deletable: { days: number } | null;
  /** null for a reader of some answers only: a note may say what another answer says. */
  notes: Note[] | null;
  /** Record ids of those that came before and after. */
  older: string | null;
  newer: string | null;
}

/** `GET /form-guard/inbox/:formOrType/:recordId/history`: newest first, at most 100. */
export type History = Pick<AuditEntry, 'seq' | 'at' | 'actor' | 'event' | 'sentence' | 'isWritten'>[];

export interface Person {
  id: number;
  name: string;
  email: string;
  active: boolean;
  /** Whether this person's role may open the plugin's pages at all. */
  mayOpenPages: boolean;
}

export interface Grant {
  id: string;
  formOrType: FormOrTypeId;
  person: Person | null;
  /** null: all fields. */
  fields: string[] | null;
  from: string;
  until: string | null;
  givenBy: string;
  givenAt: string;
  /**
   * current: may read now. upcoming, ended, removed: may not. invalid: the row was not written by this plugin. suspended: may not, because
   * the account or the record is not as it was. pending: somebody named themself, and somebody else has to confirm it.
   */
  status: 'current' | 'upcoming' | 'ended' | 'removed' | 'invalid' | 'suspended' | 'pending';
  /** Where it is suspended. */
  suspended: SuspendedBecause | null;
}

/**
 * changed: password or e-mail are not as they were known, and nobody has vouched for it. off: the account is switched off or blocked.
 * unknown: what was known of the account was changed from outside. gone: there is no such account. record: what is on record about
 * this one naming was changed; only naming again helps.
 */
export const SUSPENDED_BECAUSE = ['changed', 'off', 'unknown', 'gone', 'record'] as const;
export type SuspendedBecause = (typeof SUSPENDED_BECAUSE)[number];

export interface ReadersPage {
  source: SourceSummary;
  data: Grant[];
  fields: { name: string; label: string }[];
  /** The record was changed, so that until that is accepted nobody reads who is named. */
  isShut: boolean;
  /** Whether the caller may add and remove readers. */
  mayName: boolean;
  /** Who asks: nobody confirms their own naming. */
  you: number;
  /** Whether naming without an end is offered (`endlessReaders` in the config). */
  mayBeEndless: boolean;
}

/** `people` are ids of admin users; `until` null means without end; `fields` null means all. */
export interface NameReadersBody {
  people: number[];
  until: string | null;
  fields: string[] | null;
}

/**
 * Somebody, or something that anybody may hold, and whether it could read submissions now. `person` is a user of the admin.
 * `visitors` are those who sign up and get this role.
 */
export const READER_KINDS = ['public', 'visitors', 'apiToken', 'adminToken', 'transferToken', 'person'] as const;
/**
 * Why. `named` is the only one that may read; `open` would be a hole. `ended`, `notBegun`: their naming is over, or begins later.
 * `suspended`: their account, or what is on record about their naming, was changed. `pending`: they named themselves, and wait for
 * somebody else to confirm it.
 * `inactive`, `noPages`: named, but their account is off, or their role does not open these pages. `forged`: named by hand in the
 * database. `closed`: the site's own addresses are shut. `noAddress`: there is none that gives out submissions. `notAPerson`: tokens
 * open nothing. `sealed`: what they carry away is sealed.
 */
export const READS_BECAUSE = [
  'named',
  'open',
  'notNamed',
  'ended',
  'notBegun',
  'suspended',
  'pending',
  'inactive',
  'noPages',
  'shut',
  'forged',
  'closed',
  'noAddress',
  'notAPerson',
  'sealed',
] as const;
export interface PossibleReader {
  kind: (typeof READER_KINDS)[number];
  /** Of the role, token or person; null for anybody on the internet. */
  id: number | null;
  name: string | null;
  email: string | null;
  reads: boolean;
  because: (typeof READS_BECAUSE)[number];
  /** Where the reason has a date: until when, since when it is over, from when. */
  at: string | null;
  /** Labels of the fields that are read; null: all, or nothing is read. */
  fields: string[] | null;
  givenBy: string | null;
  /** May name readers; themselves with the confirmation of somebody else, where there is somebody else. */
  mayName: boolean;
}

/** `GET /form-guard/who-can-read/:formOrType`; without one, `WhoCanRead[]` of the whole site. */
export interface WhoCanRead {
  formOrType: FormOrTypeId;
  label: string;
  submissions: number;
  askedAt: string;
  /** The record was changed, so nobody is let in until that is accepted; who would read says so. */
  isShut: boolean;
  readers: PossibleReader[];
  /** What lies readable in Strapi's own table, and how many people of the admin see it there; null where nothing does. */
  plain: { fields: string[]; people: number } | null;
}

export interface AuditEntry {
  seq: number;
  at: string;
  event: string;
  actor: { kind: 'admin' | 'sender' | 'system'; id: string | null; name: string | null };
  formOrType: FormOrTypeId | null;
  label: string | null;
  recordId: string | null;
  /** What happened, in one plain sentence without any value of a submission. */
  sentence: string;
  /** Whether it is as it was written; otherwise nothing of it can be relied on. */
  isWritten: boolean;
}

export interface AuditPage extends Page<AuditEntry> {
  /**
   * Whether the chain of entries is unbroken, apart from what was accepted; `brokenAt` is the first entry that does not fit. `checked`:
   * entries that were checked for this answer, of all `entries`. `readUpTo`: how far the reading in the background is; `wholeAt`: when
   * it was last through from the beginning. `isShut`: nothing is opened until the break is accepted.
   */
  chain: {
    intact: boolean;
    brokenAt: number | null;
    isShut: boolean;
    checked: number;
    entries: number;
    readUpTo: number;
    wholeAt: string | null;
  };
}

/** How far the work of sealing everything anew is. */
export const WORK_PHASES = ['values', 'files', 'checking', 'done'] as const;
export type WorkPhase = (typeof WORK_PHASES)[number];
export interface WorkProgress {
  phase: WorkPhase;
  /** Submissions and attachments that were under an older key when it began. */
  total: number;
  done: number;
  /** Those that do not open, and are left as they are. */
  unreadable: number;
  /** Rows a second so far; 0 before the first. */
  perSecond: number;
  /** null when nothing can be said yet, or it is over. */
  secondsLeft: number | null;
}

/** The keys of one form or type; `GET /form-guard/keys` lists them. */
export interface KeysOverview {
  formOrType: FormOrTypeId;
  /** When the current key was made; null where nothing was ever sealed. */
  since: string | null;
  /** Upper bound of what was sealed under it. */
  seals: number;
  /** Keys from before, which only open. */
  older: number;
  work: WorkProgress | null;
}

/**
 * What the banner and the locks on the screens where visibility can change say. `hasFiles`: it has attributes for media.
 * `entryEvents`: webhooks may not have the events of entries.
 */
export interface Locks {
  types: { id: FormOrTypeId; label: string; submissions: number; hasFiles: boolean }[];
  entryEvents: boolean;
}

export const VISIBILITY_CHANGE_REFUSED = 'VISIBILITY_CHANGE_REFUSED';

/** What a refused change would have done with submissions. */
export const EXPOSURE_EFFECTS = [
  'read',
  'published',
  'changed',
  'entered',
  'told',
  'copied',
  'destroyed',
  'reshaped',
  'named',
] as const;
export type ExposureEffect = (typeof EXPOSURE_EFFECTS)[number];

/** One thing that a refused change would have done; every sentence stands there once. */
export interface RefusedExposure {
  formOrType: FormOrTypeId;
  label: string;
  submissions: number;
  since: string | null;
  effect: ExposureEffect;
  /** What was tried, as machines call it, several with commas between: `api::contact.contact.find`, `entry.create`, `pull`. */
  action: string;
  /** To whom, in words: "anyone on the internet". null where it is nobody (submissions that would be lost). */
  audience: string | null;
  /** "412 submissions to “Contact form” would become readable by anyone on the internet." */
  sentence: string;
}

/** `error.details` of the 403 that answers a refused change. `error.message` is a whole sentence for Strapi's own toast. */
export interface VisibilityRefusalDetails {
  code: typeof VISIBILITY_CHANGE_REFUSED;
  exposures: RefusedExposure[];
  /** Where the right way begins: the readers page of the first form or type; and the right way in plain words. */
  saferWay: { formOrType: FormOrTypeId; label: string; sentence: string };
  /** Types that are not protected, of which something would have been published; each has two ways out. */
  unlisted: UnlistedChoice[];
  /** Whether whoever tried it may decide that such entries are meant to be public. */
  mayDecide: boolean;
  /** Only for whoever may let it happen all the same: for this role, with so many people. `POST /form-guard/roles/:id/may-name`. */
  allow?: { role: number; people: number };
}

/** What is needed for either way out: the line that protects the type, and what a decision would be about. */
export interface UnlistedChoice {
  formOrType: FormOrTypeId;
  label: string;
  /** Attributes that look personal: `email`, `address.street`. */
  attributes: string[];
  /** `'api::application.application': {},`, for config/plugins; null where the type is one of Strapi's own, which cannot be protected. */
  configLine: string | null;
}

export const UNLISTED_STATES = ['open', 'weak', 'harmless', 'tokens', 'closed', 'decided'] as const;
/**
 * A type that is not protected, and that strangers can send to, or of which it was decided that it is public.
 * `POST /form-guard/publications` (`DecidePublicBody`), `DELETE /form-guard/publications/:uid`.
 */
export interface UnlistedType extends UnlistedChoice {
  /** Attributes as they are called in comments and articles too: a name, a message. */
  weakAttributes: string[];
  entries: number;
  /** Who can send, and who can read, in words. */
  senders: string[];
  readers: string[];
  /**
   * `open`: strangers read what looks personal, and nobody decided that. `weak`: they read a name or a message. `harmless`: nothing of it
   * looks personal. `tokens`: whoever holds a token reads. `closed`: nobody does.
   */
  state: (typeof UNLISTED_STATES)[number];
  decision: { reason: string; by: string | null; at: string | null } | null;
}

/** `reason` has at least five letters. `attributes`: what looked personal in the save that was refused. */
export interface DecidePublicBody {
  formOrType: FormOrTypeId;
  reason: string;
  attributes?: string[];
}

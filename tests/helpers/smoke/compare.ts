/** Puts two lists of answers side by side, and says in words where they differ. What differs by nature is named alike. */
import { isEqual } from 'lodash';
import type { Answer } from './visitor';

export interface Compared {
  area: string;
  request: string;
  /** `status 200 → 403`, `body.data[api::book.book].title "a" → "b"`, `+ body.data[…]`, `- header vary`. */
  differences: string[];
}

type Entry = Record<string, unknown>;
const isEntry = (value: unknown): value is Entry => value !== null && typeof value === 'object' && !Array.isArray(value);

type Rule = [RegExp, (match: string, group: string) => string];

/** Two sites never share these. Document ids keep their identity: the first that is met is `document 1` on both sites. */
const createNaming = () => {
  const documents = new Map<string, string>();
  const document = (id: string): string => {
    if (!documents.has(id)) documents.set(id, `<document ${documents.size + 1}>`);
    return documents.get(id) as string;
  };
  const rules: Rule[] = [
    [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, () => '<jwt>'],
    [/\b[0-9a-f]{40,}\b/g, () => '<secret>'],
    [/\bv1:[0-9a-f:]{60,}/g, () => '<encrypted>'],
    [/\$2[aby]\$\d\d\$[\w./]{53}/g, () => '<bcrypt>'],
    [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, () => '<uuid>'],
    [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, () => '<date>'],
    [/(?<=_)[0-9a-f]{10}\b/g, () => '<hash>'],
    [/(?<="lastWeeklyUpdate":)\d{13}/g, () => '"<date>"'],
    [/(?<="weeklySchedule":")[\d* ]+(?=")/g, () => '<schedule>'],
    [/(?<="code":"\w+-)[0-9a-z]{8}(?=")/g, () => '<time>'],
    [/(127\.0\.0\.1|localhost):\d+/g, () => '<site>'],
    [/\/tmp\/form-guard-[\w-]+/g, () => '<folder>'],
    [/\b[a-z][a-z0-9]{23}\b/g, document],
  ];
  return (text: string): string => rules.reduce((named, [pattern, name]) => named.replaceAll(pattern, name), text);
};

/** The row number of a right says only how many rights there are, and a plugin brings its own. */
const withoutRightIds = (key: string, value: unknown): unknown =>
  isEntry(value) && typeof value.action === 'string' && typeof value.id === 'number' ? { ...value, id: '<right>' } : value;

export const named = (answers: Answer[]): Answer[] => {
  const name = createNaming();
  return answers.map((answer) => JSON.parse(name(JSON.stringify(answer, withoutRightIds))) as Answer);
};

const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

/** By which key the entries of a list are told apart. */
const KEYS = ['uid', 'apiName', 'action', 'documentId', 'name', 'code', 'path', 'id'];

const labelled = (list: unknown[]): Map<string, unknown> => {
  const labels = new Map<string, unknown>();
  for (const entry of list) {
    const key = isEntry(entry) ? KEYS.find((one) => typeof entry[one] === 'string' || typeof entry[one] === 'number') : undefined;
    const subject = isEntry(entry) && typeof entry.subject === 'string' ? ` ${entry.subject}` : '';
    const label = key ? `${String((entry as Entry)[key])}${subject}` : short(entry);
    let unique = label;
    for (let count = 2; labels.has(unique); count += 1) unique = `${label} (${count})`;
    labels.set(unique, entry);
  }
  return labels;
};

/**
 * Strapi looks for the files of components in several folders at once, and lists what it made of them in the order in which
 * they were found: two starts of one site need not agree.
 */
const isInOrderOfFiles = (path: string, list: unknown[]): boolean =>
  /\.(possibleTypes|__schema\.types)$/.test(path) || list.every((entry) => isEntry(entry) && typeof entry.uid === 'string');

const differ = (path: string, plain: unknown, guarded: unknown): string[] => {
  if (isEqual(plain, guarded)) return [];
  const both =
    Array.isArray(plain) && Array.isArray(guarded)
      ? ([labelled(plain), labelled(guarded)] as const)
      : isEntry(plain) && isEntry(guarded)
        ? ([new Map(Object.entries(plain)), new Map(Object.entries(guarded))] as const)
        : null;
  if (!both) return [`${path} ${short(plain)} → ${short(guarded)}`];
  const [before, after] = both;
  const step = (key: string) => (Array.isArray(plain) ? `${path}[${key}]` : `${path}.${key}`);
  const common = [...before.keys()].filter((key) => after.has(key));
  const found = [
    ...[...before.keys()].filter((key) => !after.has(key)).map((key) => `- ${step(key)}`),
    ...[...after.keys()].filter((key) => !before.has(key)).map((key) => `+ ${step(key)}`),
    ...common.flatMap((key) => differ(step(key), before.get(key), after.get(key))),
  ];
  const order = [...after.keys()].filter((key) => before.has(key));
  // The order of the keys of an object means nothing; that of a list does.
  if (Array.isArray(plain) && !isInOrderOfFiles(path, plain) && !isEqual(common, order)) found.push(`${path} in another order`);
  return found;
};

/** @param plain, guarded: what the same visit got from two sites, `named` */
export const compare = (plain: Answer[], guarded: Answer[]): Compared[] => {
  const length = Math.max(plain.length, guarded.length);
  return Array.from({ length }, (_, index) => {
    const [one, other] = [plain[index], guarded[index]];
    const { area, request } = (one ?? other) as Answer;
    if (!one || !other || one.request !== other.request) {
      return { area, request, differences: [`asked ${one?.request ?? 'nothing'} → ${other?.request ?? 'nothing'}`] };
    }
    return {
      area,
      request,
      differences: [
        ...differ('status', one.status, other.status),
        ...differ('header', one.headers, other.headers),
        ...differ('body', one.body, other.body),
      ],
    };
  });
};

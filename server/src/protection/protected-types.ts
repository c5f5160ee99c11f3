/**
 * Which content types are wrapped and which of their attributes are sealed: everything that the config does not list as
 * plain. What does not fit stops the boot with a sentence that says what to change.
 */
import { cloneDeep, difference } from 'lodash';
import type { SearchOptions } from '../config';
import { Fault } from '../fault';
import { kindOfType, mayBeSearchedBy, type SearchField } from '../search-fields';
import { attributesOf, configOf, isStrapisOwn, type Attribute, type ContentType, type Strapi } from '../strapi';

export interface ProtectedType {
  uid: string;
  label: string;
  plain: string[];
  search: SearchField[];
  tellReaders: boolean;
  sealedFields: string[];
  /** What sealed attributes were called before: today's name → the names before, the latest first. */
  formerNames: Record<string, string[]>;
  /** Those of them that are media attributes: their files lie in the vault's own store. */
  fileFields: string[];
  /** The type as the site wrote it, with its rules; the live one no longer requires what never reaches its table. */
  original: ContentType;
}

const invalid = (uid: string, sentence: string): Fault =>
  new Fault('CONFIG_INVALID', `config/plugins, form-guard, protect["${uid}"]: ${sentence}`);
const list = (names: string[]): string => names.map((name) => `"${name}"`).join(', ') || 'none';

const ownAttributes = (type: ContentType): Record<string, Attribute> =>
  attributesOf((type as unknown as { __schema__: { attributes: unknown } }).__schema__);

/** The path of the first media attribute inside a component or dynamic zone, for the sentence. */
const mediaInside = (strapi: Strapi, attribute: Attribute, path: string): string | null => {
  if (attribute.type === 'media') return path;
  const uids = attribute.component ? [attribute.component] : (attribute.components ?? []);
  for (const uid of uids) {
    const component = strapi.getModel(uid as never) as { attributes: unknown } | undefined;
    for (const [name, inner] of Object.entries(component ? attributesOf(component) : {})) {
      const found = mediaInside(strapi, inner, `${path}.${name}`);
      if (found) return found;
    }
  }
  return null;
};

/** The whole field, and the parts of it that are declared. */
const searchFieldsOf = (
  uid: string,
  { field, as, parts = [] }: SearchOptions,
  attributes: Record<string, Attribute>,
): SearchField[] => {
  const kind = as ?? kindOfType(attributes[field]?.type ?? '');
  return (['whole', ...parts] as const).map((part) => {
    if (mayBeSearchedBy(kind, part)) return { field, kind, part };
    throw invalid(uid, `"${field}" is searched as a ${kind}, which has no part "${part}". Take it out of its parts.`);
  });
};

/**
 * From one name to the next, until an attribute of today: `{ mail: 'email', email: 'address' }` are two names of "address".
 * @throws Fault CONFIG_INVALID
 */
const formerNamesIn = (uid: string, renamed: Record<string, string>, names: string[], plain: string[]) => {
  const formerNames: Record<string, string[]> = {};
  for (const [before, after] of Object.entries(renamed)) {
    if (names.includes(before)) {
      throw invalid(
        uid,
        `renamed says that "${before}" was renamed to "${after}", but the type has "${before}". Take the line out, or finish the renaming in the schema of the type.`,
      );
    }
    if (!names.includes(after) && !Object.hasOwn(renamed, after))
      throw invalid(uid, `renamed lists "${after}", which the type does not have. It has ${list(names)}.`);
    if (plain.includes(after)) {
      throw invalid(
        uid,
        `renamed lists "${after}", which is in plain. What was sealed as "${before}" stays sealed: take "${after}" out of plain.`,
      );
    }
    const same = Object.keys(renamed).filter((name) => renamed[name] === after);
    if (same.length > 1) {
      throw invalid(
        uid,
        `renamed makes one attribute, "${after}", of ${list(same)}. One alone was renamed to it: take the others out, and their values are shown under the names that they have.`,
      );
    }
  }
  const befores = Object.keys(renamed);
  const reached = new Set<string>();
  for (const today of names) {
    let before = befores.find((name) => renamed[name] === today);
    while (before !== undefined) {
      const name = before;
      reached.add(name);
      (formerNames[today] ??= []).push(name);
      before = befores.find((one) => renamed[one] === name);
    }
  }
  const nowhere = difference(befores, [...reached]);
  if (nowhere.length > 0)
    throw invalid(uid, `renamed goes round in a circle with ${list(nowhere)}, and reaches no attribute of the type. Correct it.`);
  return formerNames;
};

const readOne = (strapi: Strapi, uid: string): ProtectedType => {
  const {
    plain = [],
    plainOnPurpose = [],
    search: declared = [],
    renamed = {},
    tellReaders = false,
    label,
  } = configOf(strapi).protect[uid] ?? {};
  const type = strapi.contentType(uid as never) as ContentType | undefined;
  if (!type) {
    const known = Object.keys(strapi.contentTypes).filter((name) => name.startsWith('api::'));
    throw invalid(uid, `there is no such content type. This site has ${list(known)}. Correct the name or remove the line.`);
  }
  if (isStrapisOwn(uid)) {
    throw invalid(
      uid,
      'it belongs to a plugin of Strapi itself, which looks its entries up by their values and could not when they were sealed. Remove the line, and let no role and no token of strangers read it.',
    );
  }
  if (type.kind === 'singleType') throw invalid(uid, 'it is a single type; submissions need a collection type.');
  if ((type as { pluginOptions?: Attribute['pluginOptions'] }).pluginOptions?.i18n?.localized) {
    throw invalid(
      uid,
      'it is translated (internationalization is on). A submission has one language: turn it off for this type.',
    );
  }
  const attributes = ownAttributes(type);
  const names = Object.keys(attributes);
  const searched = declared.map((one) => (typeof one === 'string' ? { field: one } : one));
  const search = searched.map(({ field }) => field);
  for (const [option, listed] of Object.entries({ plain, search })) {
    const missing = listed.filter((name) => !names.includes(name));
    if (missing.length > 0) {
      throw invalid(uid, `${option} lists ${list(missing)}, which the type does not have. It has ${list(names)}.`);
    }
  }
  const both = plain.filter((name) => search.includes(name));
  if (both.length > 0) {
    throw invalid(
      uid,
      `${list(both)} is listed in plain and in search. Strapi itself can search what is plain: take it out of search.`,
    );
  }
  const notPlain = difference(plainOnPurpose, plain);
  if (notPlain.length > 0)
    throw invalid(uid, `plainOnPurpose lists ${list(notPlain)}, which plain does not. List it in both, or in neither.`);
  const sealedFields = names.filter((name) => !plain.includes(name));
  const formerNames = formerNamesIn(uid, renamed, names, plain);
  const fileFields = sealedFields.filter((name) => attributes[name]?.type === 'media');
  const searchedFiles = search.filter((name) => fileFields.includes(name));
  if (searchedFiles.length > 0) {
    throw invalid(uid, `${list(searchedFiles)} holds files, which cannot be searched: take it out of search.`);
  }
  for (const name of sealedFields.filter((field) => !fileFields.includes(field))) {
    const media = mediaInside(strapi, attributes[name] as Attribute, name);
    if (media) {
      throw invalid(
        uid,
        `"${media}" holds files inside a component or dynamic zone. Files are sealed where they are an attribute of the type itself, and lie in the media library otherwise, open to whoever has their address. Move it out of the component, or list "${name}" in plain if that is what you want.`,
      );
    }
  }
  const original = cloneDeep(type);
  const searchFields = searched.flatMap((one) => searchFieldsOf(uid, one, attributes));
  return {
    uid,
    label: label ?? type.info.displayName,
    plain,
    search: searchFields,
    tellReaders,
    sealedFields,
    formerNames,
    fileFields,
    original,
  };
};

/** A line about a type that is not there, or that is wrapped as well, is a mistake in one of the two. */
const readMeantToBePublic = (strapi: Strapi): void => {
  const { protect, meantToBePublic } = configOf(strapi);
  for (const uid of Object.keys(meantToBePublic)) {
    const mistaken = (sentence: string): Fault =>
      new Fault('CONFIG_INVALID', `config/plugins, form-guard, meantToBePublic["${uid}"]: ${sentence}`);
    if (protect[uid]) throw mistaken('it stands under "protect" too. Remove one of the two lines.');
    if (!strapi.contentType(uid as never)) throw mistaken('there is no such content type. Correct the name or remove the line.');
  }
};

const known = new WeakMap<Strapi, ReadonlyMap<string, ProtectedType>>();

/** Reads the config once, before anything else of the plugin. @throws Fault CONFIG_INVALID */
export const readProtectedTypes = (strapi: Strapi): void => {
  readMeantToBePublic(strapi);
  known.set(strapi, new Map(Object.keys(configOf(strapi).protect).map((uid) => [uid, readOne(strapi, uid)])));
};

/** Every wrapped type by UID. */
export const protectedTypes = (strapi: Strapi): ReadonlyMap<string, ProtectedType> => known.get(strapi) ?? new Map();
export const protectedType = (strapi: Strapi, uid: string): ProtectedType | undefined => protectedTypes(strapi).get(uid);

/** Forms and wrapped types under one roof: what they are called, which fields they have, how many submissions. */
import type { FormField, SourceSummary } from '../contract';
import { refuseUnknown } from '../errors';
import { isKeyProviderAway } from '../fault';
import { protectedType, protectedTypes } from '../protection';
import { recordIdOf } from '../reference';
import { searchOfField, type SearchField } from '../search-fields';
import { say } from '../sentences';
import { attributesOf, type Strapi } from '../strapi';
import { vaultOf } from '../vault';
import { currentReaders } from './grants';

export interface SourceField {
  name: string;
  label: string;
  type: string;
  /** How it can be searched by exact value, if it can. */
  search: SearchField[];
}
export interface Source {
  id: string;
  kind: 'form' | 'type';
  label: string;
  slug: string | null;
  open: boolean | null;
  /** Whether its readers get a mail when something has come. */
  tellsReaders: boolean;
  fields: SourceField[];
  /** Attributes of a wrapped type that lie plain in its husk. */
  plain: Omit<SourceField, 'search'>[];
}

/** What this room needs of a form; index.ts hands in where forms are kept, because this room may not call that one. */
export interface FormLike {
  id: string;
  title: string;
  slug: string;
  open: boolean;
  tellReaders: boolean;
  fields: FormField[];
}
export interface Forms {
  list(strapi: Strapi): Promise<FormLike[]>;
  find(strapi: Strapi, formOrType: string): Promise<FormLike | null>;
}

/** What people call the answers, by what machines call them. */
export const labelsOf = ({ fields }: Source): Record<string, string> =>
  Object.fromEntries(fields.map(({ name, label }) => [name, label]));

/** A form's reference may be typed as it was told; the document id of a husk is taken as it stands. */
export const recordIdIn = ({ kind }: Source, reference: string): string => (kind === 'form' ? recordIdOf(reference) : reference);

const fromForm = ({ id, title, slug, open, tellReaders, fields }: FormLike): Source => ({
  id,
  kind: 'form',
  label: title,
  slug,
  open,
  tellsReaders: tellReaders,
  plain: [],
  fields: fields.map((field) => ({ name: field.name, label: field.label, type: field.type, search: searchOfField(field) })),
});

/** What a husk holds as a reference to other rows is not read here. */
const REFERENCES = ['relation', 'media', 'component', 'dynamiczone'];

const words = (name: string): string => {
  const spaced = name
    .replace(/[_-]+/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

const fromType = (strapi: Strapi, uid: string): Source | null => {
  const type = protectedType(strapi, uid);
  if (!type) return null;
  const attributes = attributesOf(type.original);
  const fields = type.sealedFields.map((name) => ({
    name,
    label: words(name),
    // Files look the same to a reader, whether a form or a wrapped type asked for them.
    type: type.fileFields.includes(name) ? 'file' : (attributes[name]?.type ?? 'string'),
    search: type.search.filter(({ field }) => field === name),
  }));
  const plain = type.plain
    .map((name) => ({ name, label: words(name), type: attributes[name]?.type ?? 'string' }))
    .filter((field) => !REFERENCES.includes(field.type));
  return { id: uid, kind: 'type', label: type.label, slug: null, open: null, tellsReaders: type.tellReaders, fields, plain };
};

export const createSources = (forms: Forms) => {
  const find = async (strapi: Strapi, formOrType: string): Promise<Source | null> => {
    const form = await forms.find(strapi, formOrType);
    return form ? fromForm(form) : fromType(strapi, formOrType);
  };
  const summarise = async (strapi: Strapi, source: Source, adminUserId: number): Promise<SourceSummary> => {
    const { id, kind, label, slug, open } = source;
    const readers = await currentReaders(strapi, id).catch((error: unknown) => {
      if (isKeyProviderAway(error)) return null;
      throw error;
    });
    const told = { readers: readers?.size ?? null, youMayRead: readers?.has(adminUserId) ?? false };
    return { id, kind, label, slug, open, ...(await vaultOf(strapi).tally(id)), ...told };
  };
  return {
    find,
    /** @throws NotFoundError */
    async get(strapi: Strapi, formOrType: string): Promise<Source> {
      const source = await find(strapi, formOrType);
      if (!source) throw refuseUnknown(say('source.unknown'));
      return source;
    },
    async list(strapi: Strapi): Promise<Source[]> {
      const types = [...protectedTypes(strapi).keys()].flatMap((uid) => fromType(strapi, uid) ?? []);
      return [...(await forms.list(strapi)).map(fromForm), ...types];
    },
    summarise,
  };
};

export type Sources = ReturnType<typeof createSources>;

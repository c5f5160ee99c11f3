/**
 * Which attributes of a type look as if they held something about a person and could be read: by their type, by their name (the list is in
 * personal-names.ts), inside components and dynamic zones too. Pure.
 */
import type { Attribute } from '../../strapi';
import type { Attributes, Schemas } from '../schema-after';
import { signOfName, wholeNameIn, type Sign } from './personal-names';

export interface Signs {
  /** Paths: `email`, `address.street`. */
  strong: string[];
  weak: string[];
}

const STRONG_TYPES = ['email', 'password'];
/** A yes or no, a choice of the site's own making about a relation, are no data that somebody wrote. */
const NO_DATA = ['boolean', 'relation'];
/** What the search of Strapi (5.54) looks through, `private` or not: letter by letter it gives the value away. */
const SEARCHED = ['string', 'text', 'uid', 'email', 'enumeration', 'richtext'];

const isReadable = ({ type, private: isPrivate, searchable }: Attribute, isOwn: boolean): boolean =>
  !isPrivate || (isOwn && SEARCHED.includes(type) && searchable !== false);

const signOf = (name: string, { type }: Attribute): Sign => {
  if (STRONG_TYPES.includes(type)) return 'strong';
  return NO_DATA.includes(type) ? null : signOfName(name, type === 'media');
};

const componentsIn = ({ component, components }: Attribute): string[] => (component ? [component] : (components ?? []));

const signsIn = (attributes: Attributes, schemas: Schemas, path: string[], inside: string[]): [string, Sign][] => {
  const readable = Object.entries(attributes).filter(([, attribute]) => isReadable(attribute, path.length === 0));
  const wholeName = wholeNameIn(readable.map(([name]) => name));
  return readable.flatMap(([name, attribute]): [string, Sign][] => {
    const own = wholeName.includes(name) ? 'strong' : signOf(name, attribute);
    const at = [...path, name].join('.');
    const inner = componentsIn(attribute)
      .filter((uid) => !inside.includes(uid))
      .flatMap((uid) => signsIn(schemas.components[uid]?.attributes ?? {}, schemas, [...path, name], [...inside, uid]));
    return [[at, own], ...inner];
  });
};

export const personalAttributes = (uid: string, schemas: Schemas): Signs => {
  const attributes = schemas.types[uid]?.attributes ?? {};
  const found = signsIn(attributes, schemas, [], []);
  const of = (sign: Sign): string[] => found.filter(([, one]) => one === sign).map(([path]) => path);
  return { strong: of('strong'), weak: of('weak') };
};

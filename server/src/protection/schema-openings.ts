/**
 * What of an edit in the Content-Type Builder would open wrapped types, or lose or change what their submissions are made
 * of, told from the schemas before and after. New attributes of a wrapped type are none: they are sealed. Pure.
 */
import { isEqual } from 'lodash';
import type { Phrase } from '../sentences';
import type { Attribute } from '../strapi';
import type { Opening } from './refuse-exposure';
import type { Model, Schemas } from './schema-after';

const attribute = (name: string): Phrase => ({ key: 'part.attribute', values: { name } });
const componentsIn = ({ component, components }: Attribute): string[] => (component ? [component] : (components ?? []));

/** Every component inside, to any depth. */
const componentsOf = (model: Model, { components }: Schemas, found = new Set<string>()): Set<string> => {
  for (const uid of Object.values(model.attributes).flatMap(componentsIn)) {
    const inner = components[uid];
    if (!inner || found.has(uid)) continue;
    found.add(uid);
    componentsOf(inner, { types: {}, components }, found);
  }
  return found;
};

/** Whether somebody could get from an attribute to a wrapped type, through components to any depth. */
const reaches = (attribute: Attribute | undefined, uid: string, { components }: Schemas): boolean => {
  if (!attribute) return false;
  // A relation without a target can point at entries of every type.
  if (attribute.type === 'relation')
    return attribute.target === uid || ['morphToOne', 'morphToMany'].includes(attribute.relation as string);
  return componentsIn(attribute).some((name) => {
    const holder = components[name];
    if (!holder) return false;
    const inside = [holder, ...[...componentsOf(holder, { types: {}, components })].map((inner) => components[inner] as Model)];
    return inside.some((model) =>
      Object.values(model.attributes).some((one) => one.type === 'relation' && reaches(one, uid, { types: {}, components })),
    );
  });
};

const settings: { name: 'isTranslated' | 'isSingle' | 'hasDrafts'; action: string; part: Phrase }[] = [
  { name: 'isTranslated', action: 'translate', part: { key: 'part.translation' } },
  { name: 'isSingle', action: 'make single', part: { key: 'part.kind' } },
  { name: 'hasDrafts', action: 'draft and publish', part: { key: 'part.drafts' } },
];

const attributeOpenings = (uid: string, path: string, before: Model, after: Model, partOf: (name: string) => Phrase): Opening[] =>
  Object.entries(before.attributes).flatMap(([name, was]): Opening[] => {
    const now = after.attributes[name];
    if (!now) return [{ uid, action: `delete ${path}.${name}`, effect: 'destroyed', part: partOf(name) }];
    return isEqual(now, was) ? [] : [{ uid, action: `change ${path}.${name}`, effect: 'reshaped', part: partOf(name) }];
  });

const ownOpenings = (uid: string, before: Schemas, after: Schemas): Opening[] => {
  const [was, is] = [before.types[uid], after.types[uid]];
  if (!was) return [];
  if (!is) return [{ uid, action: `delete ${uid}`, effect: 'destroyed' }];
  return [
    ...settings
      .filter(({ name }) => was[name] !== is[name])
      .map(({ action, part }): Opening => ({ uid, action: `${action} ${uid}`, effect: 'reshaped', part })),
    ...attributeOpenings(uid, uid, was, is, attribute),
    ...[...componentsOf(was, before)].flatMap((component) => {
      const [held, now] = [before.components[component], after.components[component]];
      // One that is gone or has moved shows in the attributes that hold it.
      if (!held || !now) return [];
      return attributeOpenings(uid, component, held, now, (name) => ({
        key: 'part.inComponent',
        values: { name, component: held.label },
      }));
    }),
  ];
};

const wayIn = (uid: string, before: Schemas, after: Schemas): Opening[] => {
  const ways = (kind: 'types' | 'components', audience: 'audience.typeReaders' | 'audience.componentReaders'): Opening[] =>
    Object.entries(after[kind])
      .filter(([owner]) => owner !== uid)
      .flatMap(([owner, model]) =>
        Object.entries(model.attributes)
          .filter(([name, attribute]) => {
            const was = before[kind][owner]?.attributes[name];
            return reaches(attribute, uid, after) && !(reaches(was, uid, before) || isEqual(was, attribute));
          })
          .map(([name]): Opening => ({
            uid,
            action: `relate ${owner}.${name}`,
            effect: 'read',
            audience: { key: audience, values: { label: model.label } },
          })),
      );
  return [...ways('types', 'audience.typeReaders'), ...ways('components', 'audience.componentReaders')];
};

export const schemaOpenings = (protectedUids: string[], before: Schemas, after: Schemas): Opening[] =>
  protectedUids.flatMap((uid) => [...ownOpenings(uid, before, after), ...wayIn(uid, before, after)]);

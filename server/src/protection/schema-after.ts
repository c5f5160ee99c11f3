/**
 * What the schemas of a site would be after an edit in the Content-Type Builder, worked out as Strapi 5.54 does, before it
 * writes a file: an edit reaches types that it does not name, through the other side of a relation and through what is
 * deleted. Pure.
 */
import { cloneDeep, isEmpty, mapValues, omit, omitBy, pickBy } from 'lodash';
import type { Attribute } from '../strapi';

export type Attributes = Record<string, Attribute>;
export interface Model {
  label: string;
  isSingle: boolean;
  isTranslated: boolean;
  hasDrafts: boolean;
  attributes: Attributes;
}
/** By UID. */
export interface Schemas {
  types: Record<string, Model>;
  components: Record<string, Model>;
}
export interface ModelEdit extends Partial<Omit<Model, 'attributes'>> {
  uid: string;
  action: 'create' | 'update' | 'delete';
  /** All that the model is to have, as they were asked for; what is left out goes. */
  attributes?: Attributes;
  /** A component that moves to another category has another UID then. */
  movesTo?: string;
}
export interface SchemaEdit {
  types: ModelEdit[];
  components: ModelEdit[];
}

/** The attribute of the target on which a relation ends, however it is written: in files, by the screen, by older callers. */
const inverseOf = ({ targetAttribute, inversedBy, mappedBy }: Attribute): string | null =>
  ((targetAttribute ?? inversedBy ?? mappedBy) as string | null | undefined) || null;

const SIDES = ['inversedBy', 'mappedBy', 'targetAttribute', 'dominant'];
/** Options that mean nothing when they are off. */
const SWITCHES = ['private', 'required', 'unique', 'multiple', 'repeatable', 'autoPopulate'];
/** Options that mean nothing when they are on. */
const DEFAULTS_ON = ['searchable', 'configurable'];
/** What Strapi takes over from the relation as it was, when an edit does not say it. */
const NOT_TAKEN_OVER = ['configurable', 'required', 'private', 'unique', 'pluginOptions', 'conditions', ...SIDES];

const saysNothing = (value: unknown, option: string): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && isEmpty(value)) ||
  (value === false && SWITCHES.includes(option)) ||
  (value === true && DEFAULTS_ON.includes(option));

/** One way of writing an attribute, so that two can be compared. */
const plainly = (attribute: Attribute): Attribute =>
  ({
    ...omitBy(omit(attribute, SIDES), saysNothing),
    ...(inverseOf(attribute) ? { inverse: inverseOf(attribute) } : {}),
  }) as Attribute;
export const allPlainly = (attributes: Attributes): Attributes => mapValues(attributes, plainly);

const isRelation = (attribute: Attribute | undefined): attribute is Attribute & { target?: string } =>
  attribute?.type === 'relation';
const isFixed = (attribute: Attribute): boolean => attribute.configurable === false;

const written = (uid: string, before: Attributes, asked: Attributes): Attributes => ({
  ...pickBy(before, isFixed),
  ...Object.fromEntries(
    Object.entries(asked)
      .filter(([name]) => !(before[name] && isFixed(before[name])))
      .map(([name, attribute]) => {
        const old = before[name];
        const kept = isRelation(attribute) && isRelation(old) ? omit(old, [...NOT_TAKEN_OVER, 'inverse']) : {};
        const target = attribute.target === '__self__' ? { target: uid } : {};
        return [name, plainly({ ...kept, ...attribute, ...target })];
      }),
  ),
});

const OTHER_SIDE: Record<string, string> = { oneToMany: 'manyToOne', manyToOne: 'oneToMany' };

/** Strapi writes the other side of every relation that has one, again when nothing changed. */
const otherSide = (uid: string, name: string, { relation }: Attribute, there: Attribute | undefined): Attribute => ({
  ...(isRelation(there) ? omit(there, ['relation', 'target', 'inverse']) : {}),
  type: 'relation',
  relation: OTHER_SIDE[relation as string] ?? relation,
  target: uid,
  inverse: name,
});

const eachModel = (schemas: Schemas): Model[] => [...Object.values(schemas.types), ...Object.values(schemas.components)];
const dropAttributes = (model: Model, which: (attribute: Attribute) => boolean): void => {
  model.attributes = omitBy(model.attributes, which);
};

const editType = (after: Schemas, { uid, attributes = {}, action: _action, movesTo: _movesTo, ...rest }: ModelEdit): void => {
  const before = after.types[uid];
  const old = before?.attributes ?? {};
  const next = written(uid, old, attributes);
  const model = { label: uid, isSingle: false, isTranslated: false, hasDrafts: false, ...before, ...rest, attributes: next };
  for (const [name, attribute] of Object.entries(old)) {
    const target = isRelation(attribute) ? after.types[attribute.target ?? ''] : undefined;
    const inverse = attribute.inverse as string | undefined;
    const now = next[name];
    const isSame = isRelation(now) && now.relation === attribute.relation && now.inverse === inverse;
    if (target && inverse && !isSame) target.attributes = omit(target.attributes, [inverse]);
  }
  after.types[uid] = model;
  for (const [name, attribute] of Object.entries(next)) {
    const target = isRelation(attribute) ? after.types[attribute.target ?? ''] : undefined;
    const inverse = attribute.inverse as string | undefined;
    if (target && inverse) target.attributes[inverse] = otherSide(uid, name, attribute, target.attributes[inverse]);
  }
};

const editComponent = (after: Schemas, { uid, attributes = {}, movesTo, action: _action, ...rest }: ModelEdit): void => {
  const before = after.components[uid];
  const next = written(uid, before?.attributes ?? {}, attributes);
  const model = { label: uid, isSingle: false, isTranslated: false, hasDrafts: false, ...before, ...rest, attributes: next };
  after.components[uid] = model;
  if (movesTo === undefined || movesTo === uid) return;
  delete after.components[uid];
  after.components[movesTo] = model;
  for (const one of eachModel(after)) {
    one.attributes = mapValues(one.attributes, (attribute) => ({
      ...attribute,
      ...(attribute.component === uid ? { component: movesTo } : {}),
      ...(attribute.components ? { components: attribute.components.map((name) => (name === uid ? movesTo : name)) } : {}),
    }));
  }
};

const deleteType = (after: Schemas, uid: string): void => {
  delete after.types[uid];
  for (const model of eachModel(after)) dropAttributes(model, ({ target }) => target === uid);
};

const deleteComponent = (after: Schemas, uid: string): void => {
  delete after.components[uid];
  for (const model of eachModel(after)) {
    dropAttributes(model, ({ component }) => component === uid);
    model.attributes = mapValues(model.attributes, (attribute) =>
      attribute.components ? { ...attribute, components: attribute.components.filter((name) => name !== uid) } : attribute,
    );
  }
};

/** @param before with attributes written plainly (`allPlainly`). */
export const schemasAfter = (before: Schemas, { types, components }: SchemaEdit): Schemas => {
  const after = cloneDeep(before);
  for (const edit of types) {
    if (edit.action === 'delete') deleteType(after, edit.uid);
    else editType(after, edit);
  }
  for (const edit of components) {
    if (edit.action === 'delete') deleteComponent(after, edit.uid);
    else editComponent(after, edit);
  }
  return after;
};

/**
 * What the callers of Strapi's Content-Type Builder hand in (the screen's one request, and the older services for types,
 * components and categories, 5.54), as one kind of edit. And the schemas as they lie in the files now.
 */
import { pickBy } from 'lodash';
import type { Attribute, Strapi } from '../strapi';
import { strapiUtils } from '../strapi-utils';
import { allPlainly, type Attributes, type Model, type ModelEdit, type SchemaEdit, type Schemas } from './schema-after';

interface PluginOptions {
  i18n?: { localized?: unknown };
}
interface AskedModel {
  uid?: string;
  action?: ModelEdit['action'];
  plugin?: string;
  singularName?: string;
  displayName?: string;
  category?: string;
  kind?: string | null;
  draftAndPublish?: unknown;
  pluginOptions?: PluginOptions;
  attributes?: unknown;
}
/** The body of the screen. */
export interface AskedSchema {
  contentTypes?: AskedModel[];
  components?: AskedModel[];
}
/** What the older services take. */
export interface AskedType {
  contentType: AskedModel;
  components?: AskedModel[];
}
export interface AskedComponent {
  component: AskedModel;
  components?: AskedModel[];
}

interface ModelOnDisk {
  __schema__: {
    kind?: string;
    info: { displayName: string };
    options?: { draftAndPublish?: unknown };
    pluginOptions?: PluginOptions;
    attributes: Attributes;
  };
}

const modelOf = ({ __schema__: { kind, info, options, pluginOptions, attributes } }: ModelOnDisk): Model => ({
  label: info.displayName,
  isSingle: kind === 'singleType',
  isTranslated: Boolean(pluginOptions?.i18n?.localized),
  hasDrafts: Boolean(options?.draftAndPublish),
  attributes: allPlainly(attributes),
});

/** The attributes of a type as its file has them. */
export const attributesAsWritten = (strapi: Strapi, uid: string): Attributes =>
  (strapi.contentType(uid as never) as unknown as ModelOnDisk).__schema__.attributes;

export const schemasNow = (strapi: Strapi): Schemas => {
  const all = (models: unknown): Record<string, Model> =>
    Object.fromEntries(Object.entries(models as Record<string, ModelOnDisk>).map(([uid, model]) => [uid, modelOf(model)]));
  return { types: all(strapi.contentTypes), components: all(strapi.components) };
};

/** A list of changes that names everything (the screen), or everything by name (older callers). */
const attributesAsked = (asked: unknown): Attributes => {
  if (!Array.isArray(asked)) return (asked ?? {}) as Attributes;
  const list = asked as { action: string; name: string; properties: Attribute }[];
  return Object.fromEntries(list.filter(({ action }) => action !== 'delete').map(({ name, properties }) => [name, properties]));
};

const askedEdit = (uid: string, action: ModelEdit['action'], asked: AskedModel): ModelEdit => ({
  uid,
  action,
  attributes: attributesAsked(asked.attributes),
  hasDrafts: Boolean(asked.draftAndPublish),
  ...(asked.displayName === undefined ? {} : { label: asked.displayName }),
  ...(asked.kind ? { isSingle: asked.kind === 'singleType' } : {}),
  ...(asked.pluginOptions ? { isTranslated: Boolean(asked.pluginOptions.i18n?.localized) } : {}),
});

const slug = (name: string | undefined): string => strapiUtils().strings.nameToSlug(name ?? '');

const componentEdit = (asked: AskedModel): ModelEdit => {
  const uid = asked.uid ?? `${slug(asked.category)}.${slug(asked.displayName)}`;
  const edit = askedEdit(uid, asked.action ?? (asked.uid ? 'update' : 'create'), asked);
  const isMoved = edit.action === 'update' && asked.category;
  return isMoved ? { ...edit, movesTo: `${slug(asked.category)}.${uid.slice(uid.indexOf('.') + 1)}` } : edit;
};

export const schemaEdit = ({ contentTypes = [], components = [] }: AskedSchema): SchemaEdit => ({
  types: contentTypes.map((asked) => askedEdit(asked.uid ?? '', asked.action ?? 'update', asked)),
  components: components.map(componentEdit),
});

export const newTypes = (all: AskedType[]): SchemaEdit => ({
  types: all.map(({ contentType }) => {
    const { plugin, singularName = '' } = contentType;
    const uid = contentType.uid ?? `${plugin ? 'plugin' : 'api'}::${plugin ?? singularName}.${singularName}`;
    return askedEdit(uid, 'create', contentType);
  }),
  components: all.flatMap(({ components = [] }) => components.map(componentEdit)),
});

export const changedType = (uid: string, { contentType, components = [] }: AskedType, now: Schemas): SchemaEdit => {
  // The older service keeps attributes that its screen did not show.
  const hidden = pickBy(now.types[uid]?.attributes ?? {}, ({ visible }) => visible === false);
  const attributes = { ...hidden, ...attributesAsked(contentType.attributes) };
  return { types: [askedEdit(uid, 'update', { ...contentType, attributes })], components: components.map(componentEdit) };
};

export const deletedTypes = (uids: string[]): SchemaEdit => ({
  types: uids.map((uid) => ({ uid, action: 'delete' })),
  components: [],
});

export const changedComponents = ({ component, components = [] }: AskedComponent): SchemaEdit => ({
  types: [],
  components: [component, ...components].map(componentEdit),
});

export const deletedComponents = (uids: string[]): SchemaEdit => ({
  types: [],
  components: uids.map((uid) => ({ uid, action: 'delete' })),
});

export const movedComponents = (uids: string[], category: string | undefined, now: Schemas): SchemaEdit => ({
  types: [],
  components: uids.map((uid) => ({
    uid,
    action: 'update',
    attributes: now.components[uid]?.attributes ?? {},
    movesTo: `${slug(category)}.${uid.slice(uid.indexOf('.') + 1)}`,
  })),
});

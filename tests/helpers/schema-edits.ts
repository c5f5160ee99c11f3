/** Edits as the Content-Type Builder's screen sends them, and what is said when one is refused. */
import { as, type AdminPerson, type Running } from './strapi';

export type Properties = Record<string, unknown>;
interface Shown {
  uid: string;
  category?: string;
  info: { displayName: string };
  options?: { draftAndPublish?: boolean };
  pluginOptions?: object;
  kind?: string;
  attributes: ({ name: string } & Properties)[];
}
interface Attribute {
  action: string;
  name: string;
  properties?: Properties;
}
export interface Edit {
  action: string;
  uid: string;
  attributes: Attribute[];
  [key: string]: unknown;
}
/** Every type and component, as the screen is shown them. */
export interface Shows {
  contentTypes: Record<string, Shown>;
  components: Record<string, Shown>;
}

export const showSchema = async (running: Running, boss: AdminPerson): Promise<Shows> => {
  const { body } = await as(running, boss).get('/content-type-builder/schema').expect(200);
  return (body as { data: Shows }).data;
};

const isEmpty = (value: unknown): boolean => value === null || ['[]', '{}'].includes(JSON.stringify(value));

/** What the screen sends for a type or component of which nothing was changed. */
const unchanged = (shows: Shows, uid: string): Edit => {
  const { attributes, info, options, ...rest } = (shows.contentTypes[uid] ?? shows.components[uid]) as Shown;
  const said = (properties: Properties): Properties =>
    Object.fromEntries(Object.entries(properties).filter(([, value]) => !isEmpty(value)));
  return {
    action: 'update',
    ...rest,
    draftAndPublish: false,
    ...options,
    ...info,
    attributes: attributes.map(({ name, ...properties }) => ({ action: 'update', name, properties: said(properties) })),
  };
};

export type Changes = Record<string, Properties | undefined>;

/** @param changes properties by attribute, old and new; `undefined` deletes. @param more of the type itself */
export const withChanges =
  (shows: () => Shows) =>
  (uid: string, changes: Changes = {}, more: object = {}): Edit => {
    const edit = unchanged(shows(), uid);
    const kept = edit.attributes.map((one): Attribute => {
      if (!(one.name in changes)) return one;
      const change = changes[one.name];
      return change ? { ...one, properties: { ...one.properties, ...change } } : { action: 'delete', name: one.name };
    });
    const added = Object.entries(changes)
      .filter(([name, change]) => change && !edit.attributes.some((one) => one.name === name))
      .map(([name, properties]): Attribute => ({ action: 'create', name, properties: properties as Properties }));
    return { ...edit, ...more, attributes: [...kept, ...added] };
  };

export const types = (...contentTypes: object[]) => ({ contentTypes, components: [] as object[] });
export const components = (...edited: object[]) => ({ contentTypes: [] as object[], components: edited });
export const removed = (uid: string) => ({ action: 'delete', uid });
export const relation = (kind: string, target: string, more: Properties = {}): Properties => ({
  type: 'relation',
  relation: kind,
  target,
  ...more,
});

export const lost = (part: string): string =>
  `What 3 submissions to “Contact form” say under the attribute “${part}” would be lost.`;
export const changed = (part: string): string => `The attribute “${part}” would be changed for 3 submissions to “Contact form”.`;
export const opened = (what: string): string =>
  `3 submissions to “Contact form” would become readable by whoever may read ${what}.`;
export const DELETED =
  '3 submissions to “Contact form” would be destroyed: what is not sealed would be gone, and nobody could open the rest.';
/** On record. */
export const LOSES = 'destroy submissions or a part of them';
export const CHANGES = 'change what submissions are made of';

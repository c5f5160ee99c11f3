/** In which columns and tables the attributes of a type or a component lie, as Strapi 5.54 names them. */
import { attributesOf, type Attribute, type Strapi } from '../../strapi';

/** A table whose rows belong to a row of the type. */
export interface Link {
  table: string;
  /** The column that names the row of the type. */
  own: string;
  /** Components only: the attributes that lie in it, and the column that names the row of the component. */
  parts: { fields: string[]; id: string } | null;
}
export interface Anatomy {
  table: string;
  /** Columns by attribute: two for a relation to rows of any type. */
  columns: Map<string, string[]>;
  /** Numbers that JavaScript cannot hold, which SQLite would hand out as some other number. */
  big: string[];
  links: Link[];
}

interface Named {
  name: string;
}
interface JoinTable extends Named {
  joinColumn: Named;
  inverseJoinColumn?: Named;
  morphColumn?: { idColumn: Named };
}
interface Described {
  type: string;
  columnName?: string;
  joinColumn?: Named;
  morphColumn?: { idColumn: Named; typeColumn: Named };
  joinTable?: JoinTable;
}
const metadataOf = (strapi: Strapi, uid: string) =>
  strapi.db.metadata.get(uid) as unknown as { tableName: string; attributes: Record<string, Described> };

const columnsOf = ({ type, columnName, joinColumn, morphColumn, joinTable }: Described): string[] => {
  if (joinTable) return [];
  if (morphColumn) return [morphColumn.idColumn.name, morphColumn.typeColumn.name];
  if (joinColumn) return [joinColumn.name];
  return type === 'relation' || columnName === undefined ? [] : [columnName];
};

/** @param attributes as the site wrote them */
export const anatomyOf = (strapi: Strapi, uid: string, attributes: Record<string, Attribute>, names: string[]): Anatomy => {
  const { tableName, attributes: described } = metadataOf(strapi, uid);
  const anatomy: Anatomy = { table: tableName, columns: new Map(), big: [], links: [] };
  for (const name of names) {
    const one = described[name];
    const type = attributes[name]?.type ?? '';
    // Files lie in the media library.
    if (!one || type === 'media') continue;
    const columns = columnsOf(one);
    if (columns.length > 0) anatomy.columns.set(name, columns);
    if (one.type === 'biginteger') anatomy.big.push(...columns);
    if (!one.joinTable) continue;
    const { name: table, joinColumn, inverseJoinColumn, morphColumn } = one.joinTable;
    const id = inverseJoinColumn?.name ?? morphColumn?.idColumn.name;
    const isPart = (type === 'component' || type === 'dynamiczone') && id !== undefined;
    const known = anatomy.links.find((link) => link.table === table && link.own === joinColumn.name);
    if (known) known.parts?.fields.push(name);
    else anatomy.links.push({ table, own: joinColumn.name, parts: isPart ? { fields: [name], id } : null });
  }
  return anatomy;
};

/** All of a component, plain or not: it belongs to its document. */
export const anatomyOfComponent = (strapi: Strapi, uid: string): Anatomy => {
  const attributes = attributesOf(strapi.getModel(uid as never) as { attributes: unknown });
  return anatomyOf(strapi, uid, attributes, Object.keys(attributes));
};

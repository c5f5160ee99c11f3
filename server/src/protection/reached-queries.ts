/**
 * Knows a query that Strapi makes to populate a relation from one that code asks of the model itself. Strapi 5.54 hands the
 * `filters` of a population on to the query it makes for it and calls them there, if they are a function: ours leaves a mark.
 */
interface Attribute {
  target?: string;
  relation?: string;
}
interface State {
  filters?: unknown;
  populate: Record<string, unknown> | null;
}
type Filters = (ctx: { qb: { state: object } }) => unknown;

const reached = new WeakSet<object>();
const marking = new WeakSet<object>();

/** Whether the query was made to populate another one. @param mark says that it was */
export const reachedOf = (state: object, mark = false): boolean => {
  if (mark) reached.add(state);
  return reached.has(state);
};

const isPlain = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const marked = (filters: unknown): Filters => {
  if (typeof filters === 'function' && marking.has(filters)) return filters as Filters;
  const mark: Filters = (ctx) => {
    reached.add(ctx.qb.state);
    return typeof filters === 'function' ? (filters as Filters)(ctx) : filters;
  };
  marking.add(mark);
  return mark;
};

/** Marks what the query populates and `isMeant` names, or what may lead to any type. The query was processed before. */
export const markReached = (
  state: State,
  attributes: Readonly<Record<string, Attribute>>,
  isMeant: (target: string) => boolean,
): void => {
  for (const [name, value] of Object.entries(state.populate ?? {})) {
    const target = attributes[name]?.target;
    if (target !== undefined && !isMeant(target)) continue;
    const given = isPlain(value) ? value : {};
    const populated: Record<string, unknown> = { ...given, filters: marked(given.filters ?? state.filters) };
    if (isPlain(given.on)) {
      // Of these Strapi takes the filters of the query above, and only where there is an object to put them into.
      state.filters = marked(state.filters);
      populated.on = Object.fromEntries(Object.entries(given.on).map(([type, one]) => [type, isPlain(one) ? { ...one } : {}]));
    }
    (state.populate as Record<string, unknown>)[name] = populated;
  }
};

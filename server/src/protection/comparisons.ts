/** What a processed `where` of Strapi's query builder compares: each column with what is wanted of it. Pure. */

const isPlain = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;

/** `$and`, `$or` and `$not` hold more of them. */
export const comparisonsIn = (where: unknown): [column: string, wanted: unknown][] => {
  if (Array.isArray(where)) return where.flatMap(comparisonsIn);
  if (!isPlain(where)) return [];
  return Object.entries(where).flatMap(([key, value]) =>
    key.startsWith('$') ? comparisonsIn(value) : [[key, value] as [string, unknown]],
  );
};

const WHOLE = ['$eq', '$eqi', '$ne', '$nei', '$in', '$notIn'];

const isText = (value: unknown): boolean => value === null || typeof value === 'string';
const isTexts = (value: unknown): boolean => isText(value) || (Array.isArray(value) && value.every(isText));
const isSwitch = (value: unknown): boolean => typeof value === 'boolean' || value === 'true' || value === 'false';

/** Whether a column is compared with whole texts, or asked whether there is anything: of neither can a part be guessed. */
export const isWhole = (wanted: unknown): boolean => {
  if (!isPlain(wanted)) return isTexts(wanted);
  return Object.entries(wanted).every(([operator, value]) => {
    if (WHOLE.includes(operator)) return isTexts(value);
    return (operator === '$null' || operator === '$notNull') && isSwitch(value);
  });
};

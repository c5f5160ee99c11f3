/**
 * Whether the query of an address names an attribute in its depth: in what it filters, sorts, selects or populates by. A plain
 * parameter at the top, as `?registrationToken=…` of a link in a mail, is none. Pure.
 */
const NAMING = ['sort', 'fields', 'populate', 'select', 'orderby', 'groupby'];

const wordsOf = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{N}_$]+/u);

export const isNamedIn = (query: unknown, names: ReadonlySet<string>): boolean => {
  const deep = (value: unknown, isNaming: boolean): boolean => {
    if (typeof value === 'string') return isNaming && wordsOf(value).some((word) => names.has(word));
    if (value === null || typeof value !== 'object') return false;
    return Object.entries(value).some(([key, one]) => {
      const words = wordsOf(key);
      return words.some((word) => names.has(word)) || deep(one, isNaming || words.some((word) => NAMING.includes(word)));
    });
  };
  if (query === null || typeof query !== 'object') return false;
  return Object.entries(query).some(([key, value]) => deep(value, NAMING.includes(key.toLowerCase())));
};

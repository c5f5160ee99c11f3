/**
 * Holds the values of a wrapped type against the rules that the site wrote (required, lengths, enum, e-mail …), with
 * Strapi's own validator, before they are sealed. What it throws names fields and rules, never a value.
 */
import type { ProtectedType } from '../protection';
import { refuseBody, type FieldProblem } from '../errors';
import { readTemporal } from './dates';
import { isGiven } from './take-values';
import { attributesOf, type Attribute, type ContentType, type Strapi } from '../strapi';
import { isStrapiError } from '../strapi-utils';

const REFERENCES = ['relation', 'media'];

/** The original type without what would ask the database about other submissions (unique) or about references. */
const ruleModel = (strapi: Strapi, { original }: ProtectedType): ContentType => {
  const attributes = Object.entries(attributesOf(original))
    .filter(([, attribute]) => !REFERENCES.includes(attribute.type))
    .map(([name, attribute]): [string, Attribute] => {
      const { unique: _unique, ...rules } = attribute;
      return [name, rules.type === 'uid' ? { ...rules, type: 'string' } : rules];
    });
  return { ...original, attributes: Object.fromEntries(attributes) } as unknown as ContentType;
};

/** Nested references are not looked up: the ids in a sealed component are kept as they were sent. */
const withoutReferences = (strapi: Strapi, attribute: Attribute | undefined, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => withoutReferences(strapi, attribute, item));
  if (value === null || typeof value !== 'object') return value;
  const uid = attribute?.component ?? (value as { __component?: string }).__component;
  const component =
    uid && attribute && ['component', 'dynamiczone'].includes(attribute.type)
      ? (strapi.getModel(uid as never) as { attributes: unknown } | undefined)
      : undefined;
  if (!component) return value;
  const inner = attributesOf(component);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !REFERENCES.includes(inner[name]?.type ?? ''))
      .map(([name, item]) => [name, withoutReferences(strapi, inner[name], item)]),
  );
};

const KINDS: Record<string, string> = {
  email: 'an e-mail address',
  integer: 'a whole number',
  biginteger: 'a whole number',
  decimal: 'a number',
  float: 'a number',
  boolean: 'true or false',
  date: 'a date like 2026-01-31',
  datetime: 'a date and time like 2026-01-31T09:30:00Z',
  time: 'a time like 09:30:00',
  json: 'JSON',
  component: 'an object with the fields of this part of the form',
  dynamiczone: 'a list of parts',
  media: 'a file, sent as multipart/form-data together with the rest',
};

/** What an attribute asks for, in words. Our own words, because Strapi's repeat the value ("cast from the value …"). */
export const ruleOf = (attribute: Attribute | undefined): string => {
  if (!attribute) return 'does not fit the rules of this field';
  const kind = Array.isArray(attribute.enum)
    ? `one of: ${(attribute.enum as string[]).join(', ')}`
    : (KINDS[attribute.type] ?? 'text');
  const limits = [
    attribute.minLength !== undefined && `at least ${String(attribute.minLength)} characters`,
    attribute.maxLength !== undefined && `at most ${String(attribute.maxLength)} characters`,
    attribute.min !== undefined && `at least ${String(attribute.min)}`,
    attribute.max !== undefined && `at most ${String(attribute.max)}`,
    attribute.regex !== undefined && 'in the form that the site asks for',
  ].filter((limit): limit is string => typeof limit === 'string');
  return `must be ${[kind, ...limits].join(', ')}${attribute.required ? '; it is required' : ''}`;
};

const problemOf = (strapi: Strapi, original: ContentType, path: string[]): FieldProblem => {
  let attribute: Attribute | undefined;
  let attributes: Record<string, Attribute> | undefined = attributesOf(original);
  const known: string[] = [];
  for (const step of path) {
    if (/^\d+$/.test(step)) continue;
    const next: Attribute | undefined = attributes?.[step];
    if (!next) break;
    known.push(step);
    attribute = next;
    const component: { attributes: unknown } | undefined = next.component
      ? (strapi.getModel(next.component as never) as { attributes: unknown })
      : undefined;
    attributes = component ? attributesOf(component) : undefined;
  }
  return { path: known, message: `${known.join('.') || 'The submission'} ${ruleOf(attribute)}.` };
};

const temporal = (original: ContentType, name: string, value: unknown): unknown => {
  const attribute = attributesOf(original)[name];
  const read = attribute && isGiven(value) ? readTemporal(attribute.type, value) : undefined;
  if (read === null) throw refuseBody('A date or time does not fit', [{ path: [name], message: '' }]);
  return read ?? value;
};

const COMPOSED = ['json', 'blocks', 'component', 'dynamiczone', 'relation', 'media'];
/** Labels of a host name of at most 63 characters; nothing in it can be matched in two ways, so it takes linear time. */
const EMAIL = /^[^\s@]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62}\.[\p{L}\p{N}]){1,9}[\p{L}\p{N}-]{0,62}$/u;

/** What Strapi's validator must not meet: objects in place of text, and addresses on which yup 0.32 takes exponential time. */
const refuseUnfit = (original: ContentType, data: Record<string, unknown>): void => {
  const attributes = attributesOf(original);
  const unfit = Object.entries(data).filter(([name, value]) => {
    const type = attributes[name]?.type ?? '';
    const isComposed = value !== null && typeof value === 'object' && !(value instanceof Date);
    if (isComposed) return !COMPOSED.includes(type);
    return type === 'email' && isGiven(value) && !EMAIL.test(String(value).slice(0, 400));
  });
  if (unfit.length > 0)
    throw refuseBody(
      'Unfit',
      unfit.map(([name]) => ({ path: [name], message: '' })),
    );
};

interface YupLike {
  details?: { errors?: { path?: (string | number)[] }[] };
}

/** Strapi's ValidationError → ours, without values and without names that the sender invented. */
export const withoutValues = (strapi: Strapi, original: ContentType, error: unknown): unknown => {
  if (!isStrapiError(error, 'ValidationError')) return error;
  const found = (error as YupLike).details?.errors ?? [];
  const problems = found.map(({ path = [] }) => problemOf(strapi, original, path.map(String)));
  const names = Object.entries(attributesOf(original)).filter(
    ([, { configurable, private: hidden }]) => configurable !== false && !hidden,
  );
  const sentence =
    problems.map(({ message }) => message).join(' ') ||
    `Something in it does not belong here. It may hold: ${names.map(([name]) => name).join(', ')}.`;
  return refuseBody(`The submission was not accepted, nothing was kept. ${sentence}`, problems);
};

/**
 * @param on creation asks for required values; update only for those that are there.
 * @returns the values as the rules read them (numbers from text, defaults), sealed fields only.
 * @throws ValidationError without values
 */
export const checkValues = async (
  strapi: Strapi,
  type: ProtectedType,
  data: Record<string, unknown>,
  { on, isDraft }: { on: 'creation' | 'update'; isDraft: boolean },
): Promise<Record<string, unknown>> => {
  const attributes = attributesOf(type.original);
  const checked = Object.fromEntries(
    Object.entries(data)
      .filter(([name]) => attributes[name] && !REFERENCES.includes(attributes[name].type))
      .map(([name, value]) => [name, withoutReferences(strapi, attributes[name], value)]),
  );
  const model = ruleModel(strapi, type) as never;
  try {
    refuseUnfit(type.original, checked);
    const valid = (
      on === 'creation'
        ? await strapi.entityValidator.validateEntityCreation(model, checked as never, { isDraft })
        : await strapi.entityValidator.validateEntityUpdate(model, checked as never, { isDraft }, {} as never)
    ) as Record<string, unknown>;
    const scalar = ([name]: [string, unknown]) =>
      type.sealedFields.includes(name) && !['component', 'dynamiczone'].includes(attributes[name]?.type ?? '');
    // Components are kept as they were sent, references and all; scalars as the rules read them.
    const sent = Object.entries(data).filter(([name]) => type.sealedFields.includes(name));
    const read = Object.entries(valid).filter(scalar);
    return {
      ...Object.fromEntries(sent),
      ...Object.fromEntries(read.map(([name, value]) => [name, temporal(type.original, name, value)])),
    };
  } catch (error) {
    throw withoutValues(strapi, type.original, error);
  }
};

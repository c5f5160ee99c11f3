/** Checks what an editor writes as a form, with a sentence for each mistake. Pure. */
import * as yup from 'yup';
import { MAX_FILES } from '../config';
import { FIELD_TYPES, FILE_KINDS, type FieldType, type FileKind, type FormDefinition, type FormField } from '../contract';
import { refuseBody } from '../errors';
import { problemsOf } from '../body';
import { say, saying, type SentenceKey } from '../sentences';

const FIELD_NAME = /^[a-z][a-z0-9_]{0,62}$/;
/** Words that JavaScript keeps for itself: parsers refuse them, on the page of a website already. */
const KEPT_NAMES: readonly string[] = ['prototype', ...Object.getOwnPropertyNames(Object.prototype)];
export const isKeptName = (name: string): boolean => KEPT_NAMES.includes(name);
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** A path of this site, or an https address: never `//host`, `javascript:` or plain http. */
const REDIRECT = /^(\/(?![/\\])[^\s\\]*|https:\/\/[^\s\\]+)$/;
const CHOICE: readonly FieldType[] = ['choice', 'choices'];
export const isRedirect = (to: string): boolean => REDIRECT.test(to);
export const MAX_FIELDS = 100;

const about =
  (key: SentenceKey, what: SentenceKey, values: Record<string, number> = {}) =>
  (): string =>
    say(key, { what: say(what), ...values });
const whole = (what: SentenceKey) =>
  yup
    .number()
    .typeError(about('field.notNumber', what))
    .integer(about('field.notWhole', what))
    .min(0, about('field.negative', what));

const field = yup
  .object({
    name: yup
      .string()
      .required(saying('field.nameMissing'))
      .matches(FIELD_NAME, saying('field.nameWrong'))
      .test('kept', saying('field.nameKept'), (name) => !isKeptName(name ?? '')),
    label: yup
      .string()
      .trim()
      .required(saying('field.labelMissing'))
      .max(300, saying('field.labelLong', { max: 300 })),
    type: yup
      .mixed<FieldType>()
      .oneOf([...FIELD_TYPES], `A field type is one of: ${FIELD_TYPES.join(', ')}.`)
      .required(),
    required: yup.boolean().default(false),
    help: yup.string().max(1000, saying('field.helpLong', { max: 1000 })),
    minLength: whole('field.minLength'),
    maxLength: whole('field.maxLength').max(100_000, about('field.tooGreat', 'field.maxLength', { max: 100_000 })),
    min: yup.number().typeError(about('field.notNumber', 'field.min')),
    max: yup.number().typeError(about('field.notNumber', 'field.max')),
    options: yup
      .array()
      .of(
        yup
          .string()
          .trim()
          .required(saying('field.choiceEmpty'))
          .max(300, saying('field.choiceLong', { max: 300 })),
      )
      .max(500, saying('field.manyChoices', { max: 500 }))
      .when('type', {
        is: (type: FieldType) => CHOICE.includes(type),
        then: (options: yup.AnySchema) => options.required(saying('field.noChoices')),
      }),
    accept: yup
      .array()
      .of(
        yup
          .mixed<FileKind>()
          .oneOf([...FILE_KINDS], `What a file field takes is some of: ${FILE_KINDS.join(', ')}.`)
          .required(),
      )
      .min(1, saying('field.noKinds')),
    maxBytes: whole('field.maxBytes').min(1, saying('field.noBytes')),
    maxFiles: whole('field.maxFiles')
      .min(1, about('field.tooFew', 'field.maxFiles', { min: 1 }))
      .max(MAX_FILES, about('field.tooGreat', 'field.maxFiles', { max: MAX_FILES })),
    searchable: yup.boolean().when('type', {
      is: 'file',
      then: (searchable: yup.BooleanSchema) => searchable.isFalse(saying('field.filesNotSearched')),
    }),
  })
  .noUnknown(true, 'A field has an option that does not exist.')
  .test('bounds', saying('field.bounds'), (value) => {
    const { min, max, minLength, maxLength } = value as FormField;
    return !((min ?? -Infinity) > (max ?? Infinity)) && !((minLength ?? 0) > (maxLength ?? Infinity));
  });

const definition = yup
  .object({
    title: yup
      .string()
      .trim()
      .required(saying('form.titleMissing'))
      .max(200, saying('form.titleLong', { max: 200 })),
    slug: yup
      .string()
      .required(saying('form.slugMissing'))
      .max(100, saying('form.slugLong', { max: 100 }))
      .matches(SLUG, saying('form.slugWrong')),
    intro: yup
      .string()
      .max(5000, saying('form.introLong', { max: 5000 }))
      .default(''),
    open: yup.boolean().default(true),
    fields: yup
      .array()
      .of(field)
      .min(1, saying('form.noFields'))
      .max(MAX_FIELDS, saying('form.manyFields', { max: MAX_FIELDS }))
      .required(saying('form.noFields'))
      .test('names', saying('form.sameNames'), (fields) => {
        const names = (fields ?? []).map((one) => (one as FormField).name);
        return new Set(names).size === names.length;
      }),
    thankYou: yup
      .string()
      .max(5000, saying('form.thankYouLong', { max: 5000 }))
      .default(''),
    redirectTo: yup
      .string()
      .default('')
      .test('redirect', saying('form.redirectWrong'), (to) => !to || isRedirect(to)),
    tellReaders: yup.boolean().default(false),
    keepAddress: yup.boolean().default(false),
    keepUserAgent: yup.boolean().default(false),
  })
  .noUnknown(true, 'The form has an option that does not exist.');

export const DEFINITION_KEYS = [
  'title',
  'slug',
  'intro',
  'open',
  'fields',
  'thankYou',
  'redirectTo',
  'tellReaders',
  'keepAddress',
  'keepUserAgent',
] as const satisfies readonly (keyof FormDefinition)[];

/** @throws ValidationError with one problem a mistake */
export const checkDefinition = (body: unknown): FormDefinition => {
  try {
    // Yup leaves keys that are undefined; JSON does not keep them.
    return JSON.parse(
      JSON.stringify(definition.validateSync(body, { abortEarly: false, stripUnknown: false })),
    ) as FormDefinition;
  } catch (error) {
    const problems = problemsOf(error);
    throw refuseBody(
      say('problem.form', { problems: problems.map(({ message }) => message).join(' ') }),
      problems,
      'FORM_REFUSED',
    );
  }
};

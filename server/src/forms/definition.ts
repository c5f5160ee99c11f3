/** Checks what an editor writes as a form, with a sentence for each mistake. Pure. */
import * as yup from 'yup';
import { MAX_FILES } from '../config';
import { FIELD_TYPES, FILE_KINDS, type FieldType, type FileKind, type FormDefinition, type FormField } from '../contract';
import { refuseBody } from '../errors';
import { problemsOf } from '../body';

const FIELD_NAME = /^[a-z][a-z0-9_]{0,62}$/;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** A path of this site, or an https address: never `//host`, `javascript:` or plain http. */
const REDIRECT = /^(\/(?![/\\])[^\s\\]*|https:\/\/[^\s\\]+)$/;
const CHOICE: readonly FieldType[] = ['choice', 'choices'];
export const isRedirect = (to: string): boolean => REDIRECT.test(to);
export const MAX_FIELDS = 100;

const whole = (label: string) =>
  yup
    .number()
    .typeError(`${label} must be a number.`)
    .integer(`${label} must be a whole number.`)
    .min(0, `${label} cannot be negative.`);

const field = yup
  .object({
    name: yup
      .string()
      .required('Every field needs a name.')
      .matches(FIELD_NAME, 'A field name begins with a small letter and has only small letters, digits and "_".'),
    label: yup.string().trim().required('Every field needs a label.').max(300, 'A label has at most 300 characters.'),
    type: yup
      .mixed<FieldType>()
      .oneOf([...FIELD_TYPES], `A field type is one of: ${FIELD_TYPES.join(', ')}.`)
      .required(),
    required: yup.boolean().default(false),
    help: yup.string().max(1000, 'A help text has at most 1000 characters.'),
    minLength: whole('The shortest length'),
    maxLength: whole('The greatest length').max(100_000, 'The greatest length is at most 100000.'),
    min: yup.number().typeError('The smallest number must be a number.'),
    max: yup.number().typeError('The greatest number must be a number.'),
    options: yup
      .array()
      .of(yup.string().trim().required('A choice cannot be empty.').max(300, 'A choice has at most 300 characters.'))
      .max(500, 'A field has at most 500 choices.')
      .when('type', {
        is: (type: FieldType) => CHOICE.includes(type),
        then: (options: yup.AnySchema) => options.required('A field with choices needs at least one choice.'),
      }),
    accept: yup
      .array()
      .of(
        yup
          .mixed<FileKind>()
          .oneOf([...FILE_KINDS], `What a file field takes is some of: ${FILE_KINDS.join(', ')}.`)
          .required(),
      )
      .min(1, 'A file field takes at least one kind of files.'),
    maxBytes: whole('The greatest size of a file').min(1, 'The greatest size of a file is at least 1 byte.'),
    maxFiles: whole('The greatest number of files')
      .min(1, 'The greatest number of files is at least 1.')
      .max(MAX_FILES, `The greatest number of files is at most ${MAX_FILES}.`),
    searchable: yup.boolean().when('type', {
      is: 'file',
      then: (searchable: yup.BooleanSchema) => searchable.isFalse('Files cannot be searched.'),
    }),
  })
  .noUnknown(true, 'A field has an option that does not exist.')
  .test('bounds', 'The smallest cannot be above the greatest.', (value) => {
    const { min, max, minLength, maxLength } = value as FormField;
    return !((min ?? -Infinity) > (max ?? Infinity)) && !((minLength ?? 0) > (maxLength ?? Infinity));
  });

const definition = yup
  .object({
    title: yup.string().trim().required('A form needs a title.').max(200, 'A title has at most 200 characters.'),
    slug: yup
      .string()
      .required('A form needs an address.')
      .max(100, 'An address has at most 100 characters.')
      .matches(SLUG, 'An address has only small letters, digits and single hyphens.'),
    intro: yup.string().max(5000, 'The introduction has at most 5000 characters.').default(''),
    open: yup.boolean().default(true),
    fields: yup
      .array()
      .of(field)
      .min(1, 'A form needs at least one field.')
      .max(MAX_FIELDS, `A form has at most ${MAX_FIELDS} fields.`)
      .required('A form needs at least one field.')
      .test('names', 'Two fields have the same name.', (fields) => {
        const names = (fields ?? []).map((one) => (one as FormField).name);
        return new Set(names).size === names.length;
      }),
    thankYou: yup.string().max(5000, 'The thank-you text has at most 5000 characters.').default(''),
    redirectTo: yup
      .string()
      .default('')
      .test(
        'redirect',
        'The address to go to afterwards is a path like /thank-you or begins with https://.',
        (to) => !to || isRedirect(to),
      ),
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
    throw refuseBody(`The form was not saved. ${problems.map(({ message }) => message).join(' ')}`, problems, 'FORM_REFUSED');
  }
};

/**
 * A form while somebody edits it, and the changes an editor can make to it; pure, so that the page only shows it. What
 * does not belong to a question's type is kept while editing and left out when saving.
 */
import {
  DEFAULT_FILE_KINDS,
  type FieldType,
  type FileKind,
  type FormDefinition,
  type FormField,
} from '../../../server/src/contract';
import { suggestFieldName, suggestSlug } from './suggest-names';

export interface EditedField extends Omit<FormField, 'options'> {
  /** Stays with the question wherever it moves; never sent. */
  key: string;
  /** Options as typed, one a line. */
  optionLines: string;
  /** Once saved or typed by hand, a name no longer follows the label. */
  keepsName: boolean;
}

export interface EditedForm extends Omit<FormDefinition, 'fields'> {
  fields: EditedField[];
  keepsSlug: boolean;
}

export const hasOptions = (type: FieldType) => type === 'choice' || type === 'choices';
export const hasLengths = (type: FieldType) => type === 'text' || type === 'longText' || type === 'phone';
export const hasBounds = (type: FieldType) => type === 'number';
export const hasFiles = (type: FieldType) => type === 'file';
export const maySearch = (type: FieldType) => !['longText', 'checkbox', 'choices', 'file'].includes(type);

/** What a question takes, as ticked: what the server takes for granted is said here. */
export const kindsOf = ({ accept }: Pick<FormField, 'accept'>): readonly FileKind[] => accept ?? DEFAULT_FILE_KINDS;
/** “Any kind” has every other kind in it. */
const kindsToSave = (kinds: readonly FileKind[]): FileKind[] => (kinds.includes('any') ? ['any'] : [...kinds]);

let lastKey = 0;
const newKey = () => `question-${(lastKey += 1)}`;

const newField = (taken: readonly string[]): EditedField => ({
  key: newKey(),
  name: suggestFieldName('', taken),
  label: '',
  type: 'text',
  required: false,
  optionLines: '',
  keepsName: false,
});

export const emptyForm = (): EditedForm => ({
  title: '',
  slug: '',
  intro: '',
  open: true,
  fields: [newField([])],
  thankYou: '',
  redirectTo: '',
  tellReaders: false,
  keepAddress: false,
  keepUserAgent: false,
  keepsSlug: false,
});

/** `form` may carry more than a definition (dates, counts); only the definition is kept. */
export const editForm = (form: FormDefinition): EditedForm => ({
  title: form.title,
  slug: form.slug,
  intro: form.intro,
  open: form.open,
  thankYou: form.thankYou,
  redirectTo: form.redirectTo,
  tellReaders: form.tellReaders,
  keepAddress: form.keepAddress,
  keepUserAgent: form.keepUserAgent,
  keepsSlug: true,
  fields: form.fields.map(({ options, ...field }) => ({
    ...field,
    key: newKey(),
    optionLines: (options ?? []).join('\n'),
    keepsName: true,
  })),
});

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function toField(edited: EditedField): FormField {
  const { name, label, type, required, help, minLength, maxLength, min, max, maxBytes, maxFiles, searchable } = edited;
  return {
    name,
    label,
    type,
    required,
    ...(help === undefined || help === '' ? {} : { help }),
    ...(hasLengths(type) && minLength !== undefined ? { minLength } : {}),
    ...(hasLengths(type) && maxLength !== undefined ? { maxLength } : {}),
    ...(hasBounds(type) && min !== undefined ? { min } : {}),
    ...(hasBounds(type) && max !== undefined ? { max } : {}),
    ...(hasOptions(type) ? { options: linesOf(edited.optionLines) } : {}),
    ...(hasFiles(type) ? { accept: kindsToSave(kindsOf(edited)) } : {}),
    ...(hasFiles(type) && maxBytes !== undefined ? { maxBytes } : {}),
    ...(hasFiles(type) && maxFiles !== undefined ? { maxFiles } : {}),
    ...(maySearch(type) && searchable ? { searchable } : {}),
  };
}

export function toDefinition({ keepsSlug: _, fields, ...settings }: EditedForm): FormDefinition {
  return { ...settings, fields: fields.map(toField) };
}

export const isSameForm = (a: EditedForm, b: EditedForm) => JSON.stringify(toDefinition(a)) === JSON.stringify(toDefinition(b));

export const withTitle = (form: EditedForm, title: string): EditedForm => ({
  ...form,
  title,
  slug: form.keepsSlug ? form.slug : suggestSlug(title),
});

export const withFieldAdded = (form: EditedForm): EditedForm => ({
  ...form,
  fields: [...form.fields, newField(form.fields.map(({ name }) => name))],
});

export const withFieldRemoved = (form: EditedForm, index: number): EditedForm => ({
  ...form,
  fields: form.fields.filter((_, at) => at !== index),
});

export function withFieldMoved(form: EditedForm, index: number, by: -1 | 1): EditedForm {
  const fields = [...form.fields];
  const [moved] = fields.splice(index, 1);
  if (moved !== undefined) fields.splice(index + by, 0, moved);
  return { ...form, fields };
}

export const withFieldChanged = (form: EditedForm, index: number, field: EditedField): EditedForm => ({
  ...form,
  fields: form.fields.map((old, at) => (at === index ? field : old)),
});

/** The name follows the label until it is the question's own. */
export function withFieldLabel(form: EditedForm, index: number, label: string): EditedForm {
  const field = form.fields[index];
  if (field === undefined) return form;
  const taken = form.fields.filter((_, at) => at !== index).map(({ name }) => name);
  const name = field.keepsName ? field.name : suggestFieldName(label, taken);
  return withFieldChanged(form, index, { ...field, label, name });
}

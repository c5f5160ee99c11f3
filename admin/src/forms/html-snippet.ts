/** Writes a form as plain HTML for any website: it works without scripts, and every text in it is escaped. */
import type { FileKind, FormDefinition, FormField } from '../../../server/src/contract';
import { kindsOf } from './edited-form';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

type Attributes = Record<string, string | number | boolean | undefined>;

const attributes = (all: Attributes) =>
  Object.entries(all)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`))
    .join('');

const INPUT_TYPES = { text: 'text', email: 'email', phone: 'tel', number: 'number', date: 'date' } as const;
const AUTOCOMPLETE: Partial<Record<FormField['type'], string>> = { email: 'email', phone: 'tel' };

/** What a browser offers for choosing. A help only: what a file is, the server finds in its content. */
const OFFERED: Record<Exclude<FileKind, 'any'>, string> = {
  // Each by its name: `image/*` would offer SVG, which is refused.
  image: 'image/jpeg,image/png,image/gif,image/webp,image/avif,image/heic,image/heif,image/tiff,image/bmp',
  pdf: '.pdf',
  document: '.pdf,.doc,.docx,.odt,.rtf,.xls,.xlsx,.ods,.ppt,.pptx,.odp',
  text: '.txt,.csv,.tsv,.md,.log,.json,.ics,.vcf',
  audio: 'audio/*',
  video: 'video/*',
};

const offered = (kinds: readonly FileKind[]): string | undefined => {
  const named = kinds.flatMap((kind) => (kind === 'any' ? [] : OFFERED[kind].split(',')));
  return kinds.includes('any') ? undefined : [...new Set(named)].join(',');
};

export interface SnippetWords {
  /** The text of the button. */
  send: string;
  /** What a sender should know before choosing files: how many, how large. null: nothing to say. */
  limits: (field: FormField) => string | null;
}

const tick = (field: FormField, type: 'radio' | 'checkbox', value: string, label: string, required: boolean) =>
  `<label><input${attributes({ type, name: field.name, value, required })}> ${escaped(label)}</label>`;

function question(field: FormField, words: SnippetWords): string[] {
  const { name, required, label, options = [] } = field;
  const id = `fg-${name}`;
  const told = [field.help, field.type === 'file' ? words.limits(field) : null].filter((one) => one).join(' ');
  const helpId = told === '' ? undefined : `${id}-help`;
  const helpLine = told === '' ? [] : [`<small${attributes({ id: helpId })}>${escaped(told)}</small>`];
  const common: Attributes = { id, name, required, 'aria-describedby': helpId };
  const labelLine = `<label${attributes({ for: id })}>${escaped(label)}</label>`;

  switch (field.type) {
    case 'longText':
      return [
        labelLine,
        `<textarea${attributes({ ...common, rows: 6, minlength: field.minLength, maxlength: field.maxLength })}></textarea>`,
        ...helpLine,
      ];
    case 'checkbox':
      return [tick(field, 'checkbox', 'true', label, required), ...helpLine];
    case 'choice':
      return [
        labelLine,
        `<select${attributes(common)}>`,
        '  <option value=""></option>',
        ...options.map((option) => `  <option>${escaped(option)}</option>`),
        '</select>',
        ...helpLine,
      ];
    case 'choices':
      return [
        '<fieldset>',
        `  <legend>${escaped(label)}</legend>`,
        ...options.map((option) => `  ${tick(field, 'checkbox', option, option, false)}`),
        '</fieldset>',
        ...helpLine,
      ];
    case 'file':
      return [
        labelLine,
        `<input${attributes({
          ...common,
          type: 'file',
          accept: offered(kindsOf(field)),
          multiple: (field.maxFiles ?? 1) > 1,
        })}>`,
        ...helpLine,
      ];
    case 'text':
    case 'email':
    case 'phone':
    case 'number':
    case 'date':
      return [
        labelLine,
        `<input${attributes({
          ...common,
          type: INPUT_TYPES[field.type],
          autocomplete: AUTOCOMPLETE[field.type],
          minlength: field.minLength,
          maxlength: field.maxLength,
          min: field.min,
          max: field.max,
          step: field.type === 'number' ? 'any' : undefined,
        })}>`,
        ...helpLine,
      ];
  }
}

/** @param address where the form is sent */
export function writeHtmlSnippet(form: Pick<FormDefinition, 'fields'>, address: string, words: SnippetWords): string {
  // Without it a browser sends the names of files in place of the files.
  const enctype = form.fields.some(({ type }) => type === 'file') ? 'multipart/form-data' : undefined;
  return [
    // The server takes UTF-8 only; a page in another encoding would send its own.
    `<form${attributes({ action: address, method: 'post', enctype, 'accept-charset': 'utf-8' })}>`,
    ...form.fields.flatMap((field) => ['  <div>', ...question(field, words).map((line) => `    ${line}`), '  </div>']),
    `  <button type="submit">${escaped(words.send)}</button>`,
    '</form>',
  ].join('\n');
}

/** Writes a form as plain HTML for any website: it works without scripts, and every text in it is escaped. */
import type { FormDefinition, FormField } from '../../../server/src/contract';

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

const tick = (field: FormField, type: 'radio' | 'checkbox', value: string, label: string, required: boolean) =>
  `<label><input${attributes({ type, name: field.name, value, required })}> ${escaped(label)}</label>`;

function question(field: FormField): string[] {
  const { name, required, label, help, options = [] } = field;
  const id = `fg-${name}`;
  const helpId = help === undefined ? undefined : `${id}-help`;
  const helpLine = help === undefined ? [] : [`<small${attributes({ id: helpId })}>${escaped(help)}</small>`];
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

/** @param address where the form is sent; @param send the text of its button. */
export function writeHtmlSnippet(form: Pick<FormDefinition, 'fields'>, address: string, send: string): string {
  return [
    // The server takes UTF-8 only; a page in another encoding would send its own.
    `<form${attributes({ action: address, method: 'post', 'accept-charset': 'utf-8' })}>`,
    ...form.fields.flatMap((field) => ['  <div>', ...question(field).map((line) => `    ${line}`), '  </div>']),
    `  <button type="submit">${escaped(send)}</button>`,
    '</form>',
  ].join('\n');
}

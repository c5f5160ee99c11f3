/**
 * Tables as text that spreadsheet programs open (RFC 4180). What a program would take for a formula is written as text, with an
 * apostrophe in front, as OWASP advises: at the beginning of a cell, and after everything inside it at which a program with
 * another separator than ours, or one that ends lines inside quotes, would begin a cell of its own. Pure.
 */
import type { CsvSeparator } from './contract';

const ENDS_A_CELL = ',;|\\t\\n\\v\\f\\r\\u0085\\u2028\\u2029';
/** Spaces, quotes and what cannot be seen do not keep a program from running what follows. */
const MAY_BEGIN_A_FORMULA = new RegExp(
  `(^|[${ENDS_A_CELL}])([\\s"\\p{Cc}\\p{Cf}]*)([=+@\\uFF1D\\uFF0B\\uFF0D\\uFF20]|-(?!\\d+([.,]\\d+)?\\s*($|[${ENDS_A_CELL}])))`,
  'gu',
);
const BEGINS_WITH_A_TAB = /^[\t\r]/;

/** What a cell may hold without being run. A number, also a negative one, does nothing. */
export const harmless = (text: string): string => {
  const safe = text.replace(MAY_BEGIN_A_FORMULA, (_all, end: string, between: string, sign: string) =>
    end === '' ? `'${between}${sign}` : `${end}${between}'${sign}`,
  );
  return BEGINS_WITH_A_TAB.test(safe) ? `'${safe}` : safe;
};

const cell = (text: string): string => `"${harmless(text).replace(/"/g, '""')}"`;

/** In front of everything: Excel reads the rest as UTF-8 then. */
export const CSV_START = '\uFEFF';
export const csvLine = (cells: readonly string[], separator: CsvSeparator = ','): string =>
  `${cells.map(cell).join(separator)}\r\n`;

/** What a spreadsheet program expects where somebody writes `1,5`: there the comma is taken. @param language as `fr`, `pt-BR` */
export const separatorIn = (language: string): CsvSeparator => {
  const [locale = 'en'] = Intl.NumberFormat.supportedLocalesOf(
    [language.replace('_', '-')].filter((tag) => /^[\w-]+$/.test(tag)),
  );
  return new Intl.NumberFormat(locale).format(1.5).includes(',') ? ';' : ',';
};

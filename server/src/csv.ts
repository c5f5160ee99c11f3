/**
 * Tables as text that spreadsheet programs open (RFC 4180). What a program would take for a formula is written as text, with an
 * apostrophe in front, as OWASP advises. Pure.
 */
const LOOKS_LIKE_FORMULA = /^[\s]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;
/** A number, also a negative one, does nothing. */
const IS_NUMBER = /^-?\d+([.,]\d+)?$/;

/** What a cell may hold without being run. */
export const harmless = (text: string): string => (LOOKS_LIKE_FORMULA.test(text) && !IS_NUMBER.test(text) ? `'${text}` : text);

const cell = (text: string): string => `"${harmless(text).replace(/"/g, '""')}"`;

/** In front of everything: Excel reads the rest as UTF-8 then. */
export const CSV_START = '\uFEFF';
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

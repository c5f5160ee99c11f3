/**
 * What a file is, by its first bytes: the name and the type that a sender gives it count for nothing. Known formats by
 * `file-type`; text by the rule of the WHATWG (no binary data byte), and apart from it what a browser could take for a page.
 */
import { PLAIN_TEXT, UNKNOWN } from './file-kinds';

/** Enough for the first entries of an Office file; `file-type` reads 4100 bytes of most. */
export const SAMPLE_BYTES = 64 * 1024;
export const ZIP = 'application/zip';

/** https://mimesniff.spec.whatwg.org/#binary-data-byte */
const isBinary = (byte: number): boolean =>
  byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f);

const hasMark = (sample: Buffer, mark: readonly number[]): boolean => mark.every((byte, at) => sample[at] === byte);
const utf16 = (sample: Buffer): 'utf-16le' | 'utf-16be' | null => {
  if (hasMark(sample, [0xff, 0xfe])) return 'utf-16le';
  return hasMark(sample, [0xfe, 0xff]) ? 'utf-16be' : null;
};

/** Where it is not UTF-8 its letters do not matter, only the signs of ASCII do. */
const asText = (sample: Buffer): string | null => {
  const wide = utf16(sample);
  if (wide) return new TextDecoder(wide).decode(sample);
  return sample.some(isBinary) ? null : new TextDecoder().decode(sample);
};

/** Looks like a page, a drawing or a script to whoever opens it by its content. */
const activeType = (text: string): string | null => {
  const start = text
    .replace(/^[\s\ufeff]+/, '')
    .slice(0, 2000)
    .toLowerCase();
  if (start.startsWith('#!')) return 'text/x-script';
  if (!/^<[a-z!?/]/.test(start)) return null;
  if (start.includes('<svg')) return 'image/svg+xml';
  return start.startsWith('<?xml') ? 'application/xml' : 'text/html';
};

const known = async (sample: Buffer): Promise<string | undefined> => {
  // An ES module: the built plugin is CommonJS and can only import it so.
  const { fileTypeFromBuffer } = await import('file-type/core');
  try {
    return (await fileTypeFromBuffer(sample))?.mime;
  } catch {
    // Damaged, or made to trip a parser.
    return undefined;
  }
};

/** @param sample the first SAMPLE_BYTES, or all there is */
export const typeOf = async (sample: Buffer): Promise<string> => {
  const text = asText(sample);
  const active = text === null ? null : activeType(text);
  if (active) return active;
  // `file-type` takes the mark of UTF-16 for the first frame of a sound recording.
  if (utf16(sample)) return PLAIN_TEXT;
  return (await known(sample)) ?? (text === null ? UNKNOWN : PLAIN_TEXT);
};

/**
 * Reads what a part of a multipart body says about itself (RFC 7578): its name, and whether it is a file. Anything that a
 * browser or a decent client would not write is refused rather than guessed at. Pure.
 */
export interface PartHeader {
  name: string;
  /** Only files have one; it may be empty. */
  fileName?: string;
}

/** Each backslash takes the sign behind it along, so that nothing can be matched in two ways. */
const PARAMETER = /;[ \t]*([A-Za-z*]+)=(?:"((?:[^"\\]|\\[^])*)"|([^\s;"]*))[ \t]*/y;

/** @returns null when the text is no list of parameters. */
const parameters = (text: string): Map<string, string> | null => {
  const found = new Map<string, string>();
  PARAMETER.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    PARAMETER.lastIndex = at;
    const [whole, key = '', quoted, bare] = PARAMETER.exec(text) ?? [];
    if (whole === undefined || found.has(key.toLowerCase())) return null;
    // Browsers write %22 for a quotation mark (WHATWG), other clients a backslash before it.
    found.set(key.toLowerCase(), quoted?.replace(/\\(["\\])/g, '$1').replace(/%22/g, '"') ?? bare ?? '');
    at = PARAMETER.lastIndex;
  }
  return found;
};

/** `UTF-8''na%C3%AFve.txt` (RFC 8187), which some clients send besides. */
const extended = (value: string | undefined): string | undefined => {
  const [, encoded] = /^utf-8'[^']*'(.*)$/i.exec(value ?? '') ?? [];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
};

/** @param header lists of values by name in small letters, one character for each byte. @returns null when it is malformed */
export const readPartHeader = (header: Record<string, string[]>): PartHeader | null => {
  const [disposition = '', ...others] = header['content-disposition'] ?? [];
  const encoding = header['content-transfer-encoding']?.[0]?.toLowerCase() ?? 'binary';
  if (others.length > 0 || !['binary', '7bit', '8bit'].includes(encoding)) return null;
  const [, rest] = /^form-data[ \t]*(;[^]*)$/i.exec(disposition) ?? [];
  const found = rest === undefined ? null : parameters(Buffer.from(rest, 'latin1').toString('utf8'));
  const name = found?.get('name');
  if (!found || !name || name.includes('\ufffd')) return null;
  const fileName = extended(found.get('filename*')) ?? found.get('filename');
  return fileName === undefined ? { name } : { name, fileName };
};

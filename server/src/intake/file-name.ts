/**
 * A file name as a reader may see and save it: one line, no path, nothing that turns the text around or hides in it, no
 * name that Windows keeps for itself, and an ending that fits what the file is. Pure.
 */
import { endingsOf, takesAll, type Kind } from './file-kinds';

/** Letters at both ends of a name that are looked at: Unicode takes four times as long for twice as many. */
const LOOKED_AT = 500;
const LONGEST = 120;
const LONGEST_BYTES = 200;
const LONGEST_ENDING = 10;
const NAMELESS = 'file';

/** Control and format characters (bidirectional overrides, zero widths), separators of lines, private and unassigned ones. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
const FORBIDDEN = /[<>:"|?*\\/]/g;
const WINDOWS_OWN = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const ENDING = new RegExp(`^(.+)\\.([\\p{L}\\p{N}_-]{1,${LONGEST_ENDING}})$`, 'u');

const parted = (name: string): { stem: string; ending: string } => {
  const [, stem, ending] = ENDING.exec(name) ?? [];
  return stem !== undefined && ending !== undefined ? { stem, ending: `.${ending}` } : { stem: name, ending: '' };
};

const shortened = ({ stem, ending }: { stem: string; ending: string }): string => {
  const letters = [...stem].slice(0, LONGEST);
  while (Buffer.byteLength(letters.join('')) > LONGEST_BYTES) letters.pop();
  return `${letters.join('').trim() || NAMELESS}${ending}`;
};

/** @param sent as it came; anything */
export const cleanName = (sent: string): string => {
  const whole = sent.split(/[/\\]/).pop() ?? '';
  const base = whole.length > 2 * LOOKED_AT ? `${whole.slice(0, LOOKED_AT)}${whole.slice(-LOOKED_AT)}` : whole;
  const bare = base
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(HIDDEN, '')
    .replace(FORBIDDEN, '_')
    // Neither hidden on Unix nor cut off on Windows.
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return shortened(parted(WINDOWS_OWN.test(bare) ? `_${bare}` : bare || NAMELESS));
};

/** A picture that calls itself `invoice.html` is shown and saved as `invoice.html.jpg`. */
export const fittingName = (sent: string, type: string, accept: readonly Kind[]): string => {
  const name = cleanName(sent);
  const [usual, ...others] = endingsOf(type);
  if (usual === undefined || takesAll(accept)) return name;
  const { ending } = parted(name);
  return [usual, ...others].includes(ending.slice(1).toLowerCase()) ? name : shortened({ stem: name, ending: `.${usual}` });
};

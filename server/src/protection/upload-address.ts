/** Which file of the media library an address means, in every spelling that the server of static files takes for it. */
import path from 'node:path';

const FOLDER = '/uploads/';
/** Most addresses cannot be meant; a letter may be written as its number. */
const MAY_BE_MEANT = /uploads|%/i;

/** As the server of static files reads it: decoded once, `..` taken out; on Windows `\` parts folders too. */
const asServed = (address: string): string => {
  try {
    return path.posix.normalize(decodeURIComponent(address).replaceAll('\\', '/'));
  } catch {
    return '';
  }
};

/** `/uploads/photo_1a2b.png`, or null when no file of the library is meant. */
export const uploadAddress = (address: string): string | null => {
  if (!MAY_BE_MEANT.test(address)) return null;
  const served = asServed(address);
  return served.toLowerCase().startsWith(FOLDER) ? served : null;
};

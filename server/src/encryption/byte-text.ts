/** Text whose characters are the bytes of UTF-8, one each: V8 handles it faster than text with longer letters. Pure. */
export const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

export const toByteText = (text: string): string => (isAscii(text) ? text : Buffer.from(text).toString('latin1'));
export const fromByteText = (bytes: string): string => (isAscii(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString());

/**
 * How a file of a stranger's goes out: as a download and nothing else. No browser shows it in a page of the admin, guesses at
 * what it is, runs a part of it or keeps it. Pure; the name by RFC 6266 and RFC 8187.
 */

/** Types that open in a program of their own without running anything; every other is just bytes. */
const HARMLESS = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf', 'text/plain'];

const encoded = (name: string): string =>
  encodeURIComponent(Buffer.from(name).toString()).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** For programs that do not know the encoded form; in ASCII, and without a sign that could end it. */
const plain = (name: string): string => name.normalize('NFKD').replace(/[^A-Za-z0-9 ._()-]/g, '_');

export const contentDisposition = (name: string): string =>
  `attachment; filename="${plain(name)}"; filename*=UTF-8''${encoded(name)}`;

export const downloadHeaders = ({
  name,
  type,
  bytes,
}: {
  name: string;
  type: string;
  bytes: number;
}): Record<string, string> => ({
  'Content-Type': HARMLESS.includes(type) ? type : 'application/octet-stream',
  'Content-Length': String(bytes),
  'Content-Disposition': contentDisposition(name),
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Cache-Control': 'no-store',
});

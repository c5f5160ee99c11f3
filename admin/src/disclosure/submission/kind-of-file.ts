/** Which word says what an attachment is, by the type that the server found in its content. Pure. */
import type { TextKey } from '../../translations/use-text';

const OFFICE: [RegExp, TextKey][] = [
  [/wordprocessing|opendocument\.text|rtf/, 'file.textDocument'],
  [/spreadsheet/, 'file.spreadsheet'],
  [/presentation/, 'file.presentation'],
  [/x-cfb|opendocument/, 'file.document'],
];
const FIRST_HALF: Record<string, TextKey> = { image: 'file.image', audio: 'file.audio', video: 'file.video', text: 'file.text' };

export function kindOfFile(type: string): TextKey {
  if (type === 'application/pdf') return 'file.pdf';
  // Text to a server, a program to a browser.
  if (/html|xml|script/.test(type) && !type.includes('openxml')) return 'file.other';
  return OFFICE.find(([pattern]) => pattern.test(type))?.[1] ?? FIRST_HALF[type.split('/')[0] ?? ''] ?? 'file.other';
}

/** Proposes what people need not think of: the last part of a form's address, and the technical name of a question. */

const withoutAccents = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/æ/gi, 'ae')
    .replace(/œ/gi, 'oe')
    .replace(/ø/gi, 'o')
    .toLowerCase();

const words = (text: string): string[] => withoutAccents(text).match(/[a-z0-9]+/g) ?? [];

/** "Complaint about the police" → `complaint-about-the-police` */
export const suggestSlug = (title: string): string => words(title).join('-').slice(0, 60).replace(/-$/, '');

/** "E-mail address" → `e_mail_address`; begins with a letter and differs from the names already taken. */
export function suggestFieldName(label: string, taken: readonly string[]): string {
  const plain = words(label).join('_').slice(0, 40).replace(/_$/, '');
  const name = /^[a-z]/.test(plain) ? plain : `field${plain === '' ? '' : `_${plain}`}`;
  let free = name;
  for (let number = 2; taken.includes(free); number += 1) free = `${name}_${number}`;
  return free;
}

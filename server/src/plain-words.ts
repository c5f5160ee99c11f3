/**
 * What people call themselves and their things, made fit for a sentence that others rely on: one line, nothing that cannot be
 * seen, nothing that turns the direction of writing, no longer than it needs to be.
 */

/** Controls, marks of direction, joiners, fillers, unassigned and private characters; and a blank that counts as a symbol. */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]+/gu;
/** More than two marks on one letter only cover what stands around it. */
const HEAPED_MARKS = /(\p{M}{2})\p{M}+/gu;

export const LONGEST_NAME = 60;

export const inOneLine = (text: string, most = LONGEST_NAME): string => {
  const line = text
    // What stood between two words still does.
    .replace(/[\t-\r\u0085\u2028\u2029]/g, ' ')
    .replace(UNSEEN, '')
    .replace(HEAPED_MARKS, '$1')
    .replace(/[\s\p{Z}]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= most
    ? line
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
};

/** A person, by what is theirs alone first: a name is what its bearer chooses. */
export const byEmail = ({ name, email }: { name: string; email: string }): string => {
  const [address, called] = [inOneLine(email, 120), inOneLine(name)];
  return called === '' || called === address ? address : `${address} (${called})`;
};

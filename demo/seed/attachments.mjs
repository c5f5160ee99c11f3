/** Invents what people send with a complaint: a picture, a letter as PDF, notes as text. Made here, of nobody and nothing. */
import { makePdf } from './make-pdf.mjs';
import { makePng } from './make-png.mjs';
import * as phrases from './phrases.mjs';

export const FIELD = 'evidence';

const letter = (chance, { name }) => ({
  field: FIELD,
  name: `letter-to-the-front-desk-${chance.whole(10, 99)}.pdf`,
  type: 'application/pdf',
  content: makePdf([
    'To the front desk',
    '',
    ...phrases.LETTER_LINES,
    chance.pick(phrases.COMPLAINT_MIDDLES),
    '',
    `Yours faithfully, ${name}`,
    '',
    'Invented for the demo of Form Guard.',
  ]),
});

const picture = (chance) => ({
  field: FIELD,
  name: `picture-of-the-street-${chance.whole(1000, 9999)}.png`,
  type: 'image/png',
  content: makePng(chance),
});

const notes = (chance, { name }) => ({
  field: FIELD,
  name: `what-i-remember-${chance.whole(10, 99)}.txt`,
  type: 'text/plain',
  content: Buffer.from(`Notes of ${name}, written the same evening\n\n${chance.some(phrases.NOTE_LINES, 0.8).join('\n')}\n`),
});

const KINDS = [letter, picture, notes];

/** @param answers what was written with them @returns one to three files, each { field, name, type, content } */
export const inventAttachments = (chance, answers) => {
  const first = chance.whole(0, KINDS.length - 1);
  return KINDS.slice(0, chance.whole(1, KINDS.length)).map((_, at) => KINDS[(first + at) % KINDS.length](chance, answers));
};

/** Names and sentences that nobody owns: every surname is made up, every place vague, no event is one that happened. */
import { list } from './list.mjs';

export const FIRST_NAMES = list(`
  Abena, Aled, Amara, Anton, Beatriz, Callum, Chidi, Dalia, Dilys, Edwin, Esme, Farah, Femi, Gita, Hamish, Imani, Ines,
  Jago, Kasia, Keir, Leila, Lorcan, Mabel, Mehmet, Nia, Odette, Parveen, Rafael, Rhys, Sabina, Tamsin, Tariq, Una,
  Vikram, Wilfred, Yusuf, Zofia`);
export const SURNAMES = list(`
  Bramblecote, Copperwhistle, Dunnockley, Everglen-Tuft, Fernsbymoss, Gorsewellow, Hazelrooke, Inglewick-Bee, Juniperell,
  Kestrelbury, Larkspindle, Marrowbyte, Nettlequist, Otterholm-Vey, Pennyfoldane, Quillfeathers, Rookswindle, Saltmarrow,
  Thistlewicket, Umbermantle, Velvetoak, Willowthrush, Yarrowmere, Zephyrstone`);
const PLACES = [
  'outside the station',
  'near the market',
  'on the night bus',
  'at the counter',
  'in front of my building',
  'by the canal',
  'at the demonstration',
  'in the car park',
];

export const COMPLAINT_OPENINGS = PLACES.flatMap((place) => [
  `I was stopped and searched ${place} and nobody told me why.`,
  `An officer shouted at my brother ${place} when he asked for a name.`,
  `I waited for two hours ${place} after I had called for help, and nobody came.`,
]);
export const COMPLAINT_MIDDLES = [
  'I asked for a receipt and was told that there was none.',
  'My daughter was with me and has slept badly since.',
  'My neighbour saw all of it and is willing to say so.',
  'They took my phone and gave it back a week later with a broken screen.',
  'I have epilepsy, and I said so twice.',
  'I went to the front desk the next day and was sent away.',
];
export const LETTER_LINES = [
  'I came to you last week and was told to write it down, so I do.',
  'I was stopped on my way home, and my bag was emptied on the pavement.',
  'Nobody wrote anything down, and nobody gave me a number to call.',
];
export const NOTE_LINES = [
  'It was a little after ten, and it was raining.',
  'There were two of them, and one never said a word.',
  'The shop across the road has a camera over its door.',
  'A woman with a red umbrella stopped and asked whether I was all right.',
  'I was home at a quarter to twelve.',
];
export const VICTIM_OPENINGS = [
  'My flat was broken into while I was at work, and I have heard nothing since I reported it.',
  'The man who hurt me is out again, and nobody told me before I met him in the street.',
  'I gave my statement eight months ago and still have no date for the trial.',
  'My son was robbed on his way home from school and no longer wants to go out.',
  'I left with two bags and my children, and I do not want him to learn where we live now.',
  'I was attacked on the platform and my claim for compensation was refused.',
];
export const VICTIM_MIDDLES = [
  'I have been told three different names for who handles my case.',
  'The counselling that I was promised has a waiting list of a year.',
  'Please do not write to my old address.',
  'I would like to know whether I may sit behind a screen in court.',
  'Without the woman from the support line I would have given up.',
];
export const CONTACT_OPENINGS = [
  'The bus stop in our street was moved, and my mother cannot walk that far.',
  'There is mould in our flat, and the landlord does not answer.',
  'The lorries begin at five in the morning under our windows.',
  'The lamps in the underpass have been dark since spring.',
  'We would like to plant trees in our road and do not know whom to ask.',
];
export const ENDINGS = [
  'I would be glad of an answer.',
  'Please keep my name to yourselves.',
  'I can send you photographs.',
  'I only want somebody to listen.',
  'Thank you for reading this.',
];
export const TOPICS = ['transport', 'housing', 'environment', 'policing', 'something-else'];

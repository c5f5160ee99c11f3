/**
 * The district of a UK postcode: `sw1a` of `SW1A 1AA`. Only of what has the shape of one and begins with an area that there
 * is, because other countries' codes say something else in their first half. Pure.
 */
import { textForm } from './text';

/** The 121 areas of the United Kingdom, GY, JE and IM of the islands beside it, and BF of its forces. */
const AREAS = new Set(
  `ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk fy g gl gu gy
  ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph
  pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze
  bf`.split(/\s+/),
);
/** Seven letters and digits, a space between any two. */
const LONGEST = 13;
/** The second half never holds C, I, K, M, O or V; it may be left out, as whoever searches for a district leaves it out. */
const POSTCODE = /^(([a-z]{1,2})\d[a-z\d]?)(?:\d[abd-hjlnp-uw-z]{2})?$/;

/** @returns '' for what is no UK postcode. */
export const postcodeDistrict = (value: unknown): string => {
  const text = typeof value === 'string' ? textForm(value) : '';
  if (text.length > LONGEST) return '';
  const [, district = '', area = ''] = POSTCODE.exec(text.replace(/ /g, '')) ?? [];
  return AREAS.has(area) ? district : '';
};

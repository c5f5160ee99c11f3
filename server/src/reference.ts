/** How a record id is told to people: in groups of four, to be read aloud. Document ids of husks stay as they are. Pure. */
const OWN = /^[0-9A-HJKMNP-TV-Z]{16}$/;

export const referenceOf = (recordId: string): string =>
  OWN.test(recordId) ? (recordId.match(/.{4}/g) ?? []).join('-') : recordId;

/** Back again, forgiving case, spaces and hyphens. */
export const recordIdOf = (reference: string): string => {
  const bare = reference.replace(/[\s-]/g, '').toUpperCase();
  return OWN.test(bare) ? bare : reference.trim();
};

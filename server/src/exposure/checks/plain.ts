/** Attributes of wrapped types that are listed as plain and look as if they said something about a person. */
import type { ExposureFinding } from '../../contract';
import { peopleWhoList, personalAmong, protectedTypes, unmeantAmong } from '../../protection';
import { say } from '../../sentences';
import type { Strapi } from '../../strapi';

export const personalPlain = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  const found: ExposureFinding[] = [];
  for (const type of protectedTypes(strapi).values()) {
    const personal = personalAmong(strapi, type, type.plain);
    if (personal.length === 0) continue;
    const unmeant = unmeantAmong(strapi, type, personal);
    const isMeant = unmeant.length === 0;
    const values = {
      label: type.label,
      names: (isMeant ? personal : unmeant).join(', '),
      people: await peopleWhoList(strapi, type.uid),
      isMeant,
    };
    found.push({
      code: 'PLAIN_PERSONAL',
      severity: isMeant ? 'notice' : 'high',
      formOrType: type.uid,
      message: say('finding.PLAIN_PERSONAL', values),
      step: say('finding.PLAIN_PERSONAL.step', values),
      href: null,
    });
  }
  return found;
};

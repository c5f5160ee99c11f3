/** Pages of the site whose form sends answers in its address, where whatever stands in front of this server can keep them. */
import type { ExposureFinding } from '../../contract';
import { sendingPages } from '../../protection';
import { say } from '../../sentences';
import type { Strapi } from '../../strapi';

export const answersInAddresses = async (strapi: Strapi): Promise<ExposureFinding[]> =>
  (await sendingPages(strapi)).map(({ page }) => ({
    code: 'ANSWERS_IN_ADDRESS',
    severity: 'high',
    formOrType: null,
    message: page ? say('finding.ANSWERS_IN_ADDRESS', { page }) : say('finding.ANSWERS_IN_ADDRESS.unknown'),
    step: say('finding.ANSWERS_IN_ADDRESS.step'),
    href: null,
  }));

/** For the overview: readers who wait for somebody to confirm them, a finding for each form or type, so that it leads where that is done. */
import { groupBy } from 'lodash';
import type { ExposureFinding } from '../contract';
import { say } from '../sentences';
import { PLUGIN_ID, type Strapi } from '../strapi';
import { knownAccounts } from './accounts';
import { lastingGrants, noticeChange } from './suspended';

export const findSuspended = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  const grants = await lastingGrants(strapi);
  const accounts = await knownAccounts(
    strapi,
    grants.map(({ adminUserId }) => Number(adminUserId)),
  );
  for (const known of accounts.values()) await noticeChange(strapi, known);
  const waiting = grants.filter(({ adminUserId }) => {
    const standing = accounts.get(Number(adminUserId))?.standing ?? 'gone';
    return standing === 'changed' || standing === 'unknown';
  });
  return Object.entries(groupBy(waiting, 'formOrType')).map(([formOrType, own]) => ({
    code: 'READERS_SUSPENDED',
    severity: 'notice',
    formOrType,
    message: say('finding.READERS_SUSPENDED', { count: new Set(own.map(({ adminUserId }) => Number(adminUserId))).size }),
    step: say('finding.READERS_SUSPENDED.step'),
    href: `/plugins/${PLUGIN_ID}/readers/${encodeURIComponent(formOrType)}`,
  }));
};

/** Tokens that reach further than anybody chose. */
import type { ExposureFinding } from '../../contract';
import { say } from '../../sentences';
import type { Strapi } from '../../strapi';
import { rows, uids } from './rows';

interface Token {
  id: number;
  name: string;
  type: string;
}

export const wideTokens = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  if (uids(strapi).length === 0) return [];
  const tokens = await rows<Token>(strapi, 'admin::api-token', {
    where: { kind: 'content-api', type: { $in: ['read-only', 'full-access'] } },
  });
  return tokens.map(({ id, name, type }) => ({
    code: 'WIDE_TOKEN',
    severity: 'notice',
    formOrType: null,
    message: say('finding.WIDE_TOKEN', { name, mayChange: type !== 'read-only' }),
    step: say('finding.WIDE_TOKEN.step'),
    href: `/settings/api-tokens/${id}`,
  }));
};

export const pullTokens = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  if (uids(strapi).length === 0) return [];
  const tokens = await rows<Token>(strapi, 'admin::transfer-token', { where: { permissions: { action: 'pull' } } });
  return tokens.map(({ id, name }) => ({
    code: 'PULL_TOKEN',
    severity: 'notice',
    formOrType: null,
    message: say('finding.PULL_TOKEN', { name }),
    step: say('finding.PULL_TOKEN.step'),
    href: `/settings/transfer-tokens/${id}`,
  }));
};

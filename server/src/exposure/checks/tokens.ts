/** Tokens that reach further than anybody chose. */
import type { ExposureFinding } from '../../contract';
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
    message: `The API token “${name}” may ${type === 'read-only' ? 'read' : 'read and change'} every type, those that come later included. Form Guard keeps submissions from it.`,
    step: 'Delete it if nothing uses it, or make it a custom token for the types it needs.',
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
    message: `Whoever holds the transfer token “${name}” can copy the whole site to another place. What is sealed stays behind.`,
    step: 'Delete it when the copy is made.',
    href: `/settings/transfer-tokens/${id}`,
  }));
};

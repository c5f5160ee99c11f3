/** Files of the media library: who may put some there, and whether this server is the one that hands them out. */
import path from 'node:path';
import type { ExposureFinding } from '../../contract';
import { say } from '../../sentences';
import type { Strapi } from '../../strapi';
import { rows } from './rows';

const UPLOAD = 'plugin::upload.content-api.upload';

/** A tick by which people without an account of the admin put files on the site. */
export const publicUpload = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  if (!strapi.plugin('users-permissions')) return [];
  type Row = { role: { id: number; name: string; type: string } | null };
  const where = { action: UPLOAD, role: { type: { $in: ['public', 'authenticated'] } } };
  const permissions = await rows<Row>(strapi, 'plugin::users-permissions.permission', { where, populate: ['role'] });
  return permissions.flatMap(({ role }): ExposureFinding[] => {
    if (!role) return [];
    const isPublic = role.type === 'public';
    return [
      {
        code: 'PUBLIC_UPLOAD',
        severity: isPublic ? 'high' : 'notice',
        formOrType: null,
        message: say('finding.PUBLIC_UPLOAD', { name: role.name, isPublic }),
        step: say('finding.PUBLIC_UPLOAD.step'),
        href: `/settings/users-permissions/roles/${role.id}`,
      },
    ];
  });
};

const hostOf = (url: unknown): string | null => (typeof url === 'string' && URL.canParse(url) ? new URL(url).host : null);

/** What another server hands out goes with that server's headers. */
export const uploadsElsewhere = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  const provider = String(strapi.config.get('plugin::upload.provider', 'local')).toLowerCase();
  if (!strapi.plugin('upload') || provider === 'local') return [];
  const [newest] = await rows<{ url: string }>(strapi, 'plugin::upload.file', {
    where: { url: { $startsWith: 'http' } },
    orderBy: { id: 'desc' },
    limit: 1,
  });
  return [
    {
      code: 'UPLOADS_ELSEWHERE',
      severity: 'notice',
      formOrType: null,
      message: say('finding.UPLOADS_ELSEWHERE', {
        provider: path.basename(provider),
        host: hostOf(newest?.url) ?? '',
        isKnown: hostOf(newest?.url) !== null,
      }),
      step: say('finding.UPLOADS_ELSEWHERE.step'),
      href: null,
    },
  ];
};

/** What is left from before a type was wrapped, or was put there past the plugin: not sealed, kept private by locks only. */
import type { ExposureFinding } from '../../contract';
import { filesFromBefore, protectedTypes, whileOpened, type ProtectedType } from '../../protection';
import { say } from '../../sentences';
import { attributesOf, type Strapi } from '../../strapi';

const NO_COLUMN = ['dynamiczone', 'media'];
const LINKED = ['component', 'relation'];

const unsealedRowsOf = async (
  strapi: Strapi,
  { uid, label, sealedFields, original }: ProtectedType,
): Promise<ExposureFinding[]> => {
  const attributes = attributesOf(original);
  const typeOf = (name: string): string => attributes[name]?.type ?? '';
  const $or = sealedFields
    .filter((name) => !NO_COLUMN.includes(typeOf(name)))
    .map((name) => ({ [name]: LINKED.includes(typeOf(name)) ? { id: { $notNull: true } } : { $notNull: true } }));
  if ($or.length === 0) return [];
  const count = await whileOpened(() => strapi.db.query(uid as never).count({ where: { $or } as never }));
  if (count === 0) return [];
  return [
    {
      code: 'UNSEALED_ROWS',
      severity: 'high',
      formOrType: uid,
      message: say('finding.UNSEALED_ROWS', { count, label }),
      step: say('finding.UNSEALED_ROWS.step', { uid }),
      href: null,
    },
  ];
};

export const unsealedRows = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  const found: ExposureFinding[] = [];
  for (const type of protectedTypes(strapi).values()) found.push(...(await unsealedRowsOf(strapi, type)));
  return found;
};

export const unsealedFiles = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  const found: ExposureFinding[] = [];
  for (const { uid, label, sealedFields, original } of protectedTypes(strapi).values()) {
    const media = sealedFields.filter((name) => attributesOf(original)[name]?.type === 'media').map((field) => ({ uid, field }));
    if (media.length === 0 || !strapi.plugin('upload')) continue;
    const files = ((await filesFromBefore(strapi, media)) as { file_id: number }[]).map((link) => link.file_id);
    const count = new Set(files).size;
    if (count === 0) continue;
    found.push({
      code: 'UNSEALED_FILES',
      severity: 'high',
      formOrType: uid,
      message: say('finding.UNSEALED_FILES', { count, label }),
      step: say('finding.UNSEALED_FILES.step', { uid }),
      href: null,
    });
  }
  return found;
};

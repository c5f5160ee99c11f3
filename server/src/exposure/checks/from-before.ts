/** What is left from before a type was wrapped, or was put there past the plugin: not sealed, kept private by locks only. */
import type { ExposureFinding } from '../../contract';
import { filesFromBefore, protectedTypes, whileOpened, type ProtectedType } from '../../protection';
import { attributesOf, type Strapi } from '../../strapi';
import { some } from './rows';

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
      message: `${some(count, 'row', 'rows')} of “${label}” from before it was protected still ${count === 1 ? 'holds' : 'hold'} values that are not sealed.`,
      step: `Whoever keeps the server runs “npx form-guard protect ${uid}”, which seals them. Until then the locks in front of them are all that keeps them private.`,
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
      message: `${some(count, 'file', 'files')} of “${label}” from before it was protected still ${count === 1 ? 'lies' : 'lie'} in the media library. Form Guard takes ${count === 1 ? 'it' : 'them'} out of its lists and answers 404, but ${count === 1 ? 'it is' : 'they are'} not sealed, and an address on another server cannot be shut from here.`,
      step: 'Save what is needed and delete these files where they are stored.',
      href: null,
    });
  }
  return found;
};

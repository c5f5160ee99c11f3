/**
 * Media attributes of a wrapped type: a file comes with the submission itself and goes into the vault. An id of the media
 * library, or anything else in its place, is refused rather than lost: whoever may post could attach other people's files
 * by counting, and code that means to attach one must hear that it did not.
 */
import { refuseBody } from '../errors';
import type { ProtectedType } from '../protection';
import { attributesOf } from '../strapi';
import type { HandedFiles } from './handed-files';
import { isGiven } from './take-values';

const BY_MULTIPART = 'Files come with the submission itself, as multipart/form-data';

/** @throws ValidationError FILES_NOT_TAKEN */
export const refuseFileValues = ({ uid, fileFields }: ProtectedType, data: Record<string, unknown>): void => {
  const given = fileFields.filter((name) => isGiven(data[name]));
  if (given.length === 0) return;
  const problems = given.map((name) => ({ path: [name], message: `${name} must be a file that is sent along.` }));
  throw refuseBody(
    `“${given.join(', ')}” of ${uid} takes no id of the media library and no other value. ${BY_MULTIPART}. Nothing was kept.`,
    problems,
    'FILES_NOT_TAKEN',
  );
};

/** @throws ValidationError FILES_NOT_TAKEN, BODY_REFUSED */
export const checkFiles = (
  type: ProtectedType,
  data: Record<string, unknown>,
  { handed, isDraft, on }: { handed: HandedFiles | null; isDraft: boolean; on: 'creation' | 'update' },
): void => {
  refuseFileValues(type, data);
  if (isDraft || on === 'update') return;
  const attributes = attributesOf(type.original);
  const missing = type.fileFields.filter((name) => attributes[name]?.required && !handed?.values[name]);
  if (missing.length === 0) return;
  const problems = missing.map((name) => ({ path: [name], message: `${name} is required.` }));
  throw refuseBody(
    `The submission was not accepted, nothing was kept. It needs a file: ${missing.join(', ')}. ${BY_MULTIPART}.`,
    problems,
  );
};

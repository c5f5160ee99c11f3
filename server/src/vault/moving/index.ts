/** Into the vault what lay in plain before a type was wrapped, and all of it back. */
import { record, type Actor } from '../../audit';
import type { Sealer } from '../../encryption';
import { protectedTypes, type ProtectedType } from '../../protection';
import { attributesOf, transaction, type Strapi } from '../../strapi';
import type { Files } from '../files';
import type { Amend, Change } from '../write-records';
import { anatomyOf } from './anatomy';
import { compact } from './compact';
import { createFilesIn, filesLeft, type FilesMovedIn } from './files-in';
import { countHistory, moveHistory } from './history';
import { createMoveIn, type MovedIn } from './move-in';
import { createMoveOut, type MovedOut } from './move-out';
import { countRemaining, type Remaining } from './rows-from-before';

/** Components that a type is made of, and those they are made of. */
const componentsOf = (strapi: Strapi, attributes: ReturnType<typeof attributesOf>): string[] =>
  Object.values(attributes)
    .flatMap(({ component, components = [] }) => (component ? [component] : components))
    .flatMap((uid) => {
      const inner = strapi.getModel(uid as never) as { attributes: unknown } | undefined;
      return inner ? [uid, ...componentsOf(strapi, attributesOf(inner))] : [];
    });

export const createMove = (
  strapi: Strapi,
  { sealer, files, amend, change }: { sealer: Sealer; files: Files; amend: Amend; change: Change },
) => {
  const typeOf = (uid: string): ProtectedType => {
    const type = protectedTypes(strapi).get(uid);
    if (!type) throw new Error(`"${uid}" is not wrapped`);
    return type;
  };
  const anatomy = ({ uid, original, sealedFields }: ProtectedType) =>
    anatomyOf(strapi, uid, attributesOf(original), sealedFields);

  return {
    /** What lies in plain. Changes nothing. */
    async remaining(uid: string): Promise<Remaining & { history: number; files: number }> {
      const type = typeOf(uid);
      const left = { history: await countHistory(strapi, type), files: (await filesLeft(strapi, type)).length };
      return { ...(await countRemaining(strapi, anatomy(type))), ...left };
    },
    async in(uid: string, actor: Actor, tell: (moved: MovedIn) => void): Promise<MovedIn & { history: number }> {
      const type = typeOf(uid);
      const moved = await createMoveIn(strapi, sealer, type, anatomy(type))(tell);
      const history = await moveHistory(strapi, sealer, amend, type);
      if (moved.documents + history > 0) {
        const details = { submissions: moved.documents, rows: moved.rows };
        await transaction(strapi, () => record(strapi, { event: 'submissions.movedIn', actor, formOrType: uid, details }));
      }
      return { ...moved, history };
    },
    /** After the rows. */
    async filesIn(uid: string, actor: Actor, tell: (moved: FilesMovedIn) => void): Promise<FilesMovedIn> {
      const type = typeOf(uid);
      const moved = await createFilesIn(strapi, { sealer, files, amend, change }, type, anatomy(type))(tell);
      const details = { files: moved.files };
      if (moved.files > 0)
        await transaction(strapi, () => record(strapi, { event: 'attachments.movedIn', actor, formOrType: uid, details }));
      return moved;
    },
    async out(uid: string, actor: Actor, tell: (moved: MovedOut) => void): Promise<MovedOut> {
      const type = typeOf(uid);
      // On record before the first value leaves: who it is that may read from now on is Strapi's matter.
      await transaction(strapi, () => record(strapi, { event: 'submissions.movedOut', actor, formOrType: uid, details: {} }));
      return createMoveOut(strapi, sealer, files, type, anatomy(type))(tell);
    },
    /** @throws what the database says, for example that somebody else uses it */
    compact: (uid: string): Promise<void> =>
      compact(strapi, anatomy(typeOf(uid)), {
        components: componentsOf(strapi, attributesOf(typeOf(uid).original)),
        hasFiles: typeOf(uid).fileFields.length > 0,
      }),
  };
};

/** Backups of the vault: made, verified, restored. Values never leave their seal. */
import { record, type Actor } from '../../audit';
import type { DataKeyRow, Sealer } from '../../encryption';
import { transaction, type Strapi } from '../../strapi';
import { openArchive, verifyArchive, type Verified } from './read-archive';
import { ArchiveProblem } from './format';
import { restoreArchive, type Restored } from './restore-archive';
import { writeArchive, type Written } from './write-archive';

/** @param sealerOf a sealer whose data keys are those that an archive brings */
export const createArchives = (strapi: Strapi, sealerOf: (keys: DataKeyRow[]) => Sealer) => ({
  /** @param tell is waited for: whoever shows progress may hold it up */
  async write(folder: string, actor: Actor, tell: (written: Written) => void | Promise<void>): Promise<Written> {
    const written = await writeArchive(strapi, sealerOf, folder, tell);
    await transaction(strapi, () => record(strapi, { event: 'archive.made', actor, details: { ...written } }));
    return written;
  },
  verify: async (folder: string, tell: (verified: Verified) => void): Promise<Verified> =>
    verifyArchive(await openArchive(folder, sealerOf), tell),
  async restore(folder: string, actor: Actor, tell: (restored: Restored) => void): Promise<Restored & { unreadable: number }> {
    const archive = await openArchive(folder, sealerOf);
    const { unreadable, withoutRootKey } = await verifyArchive(archive, () => undefined);
    if (withoutRootKey > 0)
      throw new ArchiveProblem(
        `${withoutRootKey} submissions and attachments in it are under a root key that is not here. Put every key that the site had into FORM_GUARD_KEYS, behind the current one. Nothing was restored.`,
      );
    const restored = await restoreArchive(strapi, archive, tell);
    const details = { ...restored, madeAt: archive.manifest.madeAt };
    await transaction(strapi, () => record(strapi, { event: 'archive.restored', actor, details }));
    return { ...restored, unreadable };
  },
});

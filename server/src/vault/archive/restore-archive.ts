/**
 * Gives an empty vault what an archive holds. It was verified whole before; then each batch is there whole or not at all, and
 * what is there is not written twice: interrupted, the same restore is run again.
 */
import { createReadStream } from 'node:fs';
import { groupBy, mapValues } from 'lodash';
import { protectedTypes } from '../../protection';
import { holding, PLUGIN_ID, statement, table, transaction, within, type Strapi } from '../../strapi';
import { storeOf } from '../file-store';
import type { FileStore } from '../file-store/port';
import { RESTORED_AT } from '../bin';
import { PIECE_BYTES } from '../in-pieces';
import { whileSealed } from '../writing';
import { DATA_KEYS, DATA_KEYS_TABLE, DIGESTS, FILES, FILES_TABLE, VAULT, VAULT_TABLE, type VaultRow } from '../models';
import { ArchiveProblem, FORM, houseOf, type RecordLine } from './format';
import { linesOf, pathOfFile, type Archive } from './read-archive';

const BATCH = 100;
const UNDERWAY = { type: 'plugin', name: PLUGIN_ID, key: 'restore' };

const DATES = ['createdAt', 'updatedAt', 'publishedAt'];
/** As the query builder takes it, which translates names and no values. */
const asRow = (form: Record<string, unknown>): Record<string, unknown> =>
  mapValues(form, (value, name) => {
    if (DATES.includes(name)) return value ? new Date(value as string) : null;
    return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
  });

interface Place {
  formOrTypes: string[];
  forms: Record<string, unknown>[];
}

const placesIn = async (archive: Archive): Promise<Place> => {
  const own = houseOf(archive.manifest.archiveId);
  const forms: Record<string, unknown>[] = [];
  // Forms come first.
  for await (const line of linesOf(archive)) {
    if (!('form' in line)) break;
    forms.push(line.form);
  }
  const formOrTypes = new Set(archive.manifest.keys.map(({ formOrType }) => formOrType));
  formOrTypes.delete(own);
  return { formOrTypes: [...formOrTypes], forms };
};

/** @throws ArchiveProblem where something else is in the way; nothing was written then */
const refuseUnfit = async (strapi: Strapi, { formOrTypes, forms }: Place, isUnderway: boolean): Promise<void> => {
  const other = formOrTypes.find((name) => !name.startsWith('form:') && !protectedTypes(strapi).has(name));
  if (other !== undefined)
    throw new ArchiveProblem(
      `It holds submissions of "${other}", which this site does not wrap. Put it under "protect" in the config first. Nothing was restored.`,
    );
  for (const form of forms) {
    const where = { slug: form.slug, documentId: { $ne: form.documentId } } as never;
    if ((await strapi.db.query(FORM as never).count({ where })) > 0)
      throw new ArchiveProblem(
        `This site has another form with the address "${String(form.slug)}". Delete or rename it first. Nothing was restored.`,
      );
  }
  if (isUnderway) return;
  const there = await table<VaultRow>(strapi, VAULT).count({ where: { formOrType: { $in: formOrTypes } } });
  if (there > 0)
    throw new ArchiveProblem(
      `The vault holds ${there} submissions of these forms and types already. Restore into an empty site. Nothing was restored.`,
    );
};

export interface Restored {
  submissions: number;
  files: number;
}

export const restoreArchive = async (strapi: Strapi, archive: Archive, tell: (restored: Restored) => void): Promise<Restored> => {
  const { manifest } = archive;
  const restored: Restored = { submissions: 0, files: 0 };
  const underway = (await strapi.store.get(UNDERWAY)) as string | null;
  if (underway !== null && underway !== manifest.archiveId)
    throw new ArchiveProblem(
      'Another archive was being restored here and is not finished. Finish that one first. Nothing was restored.',
    );
  const places = await placesIn(archive);
  await refuseUnfit(strapi, places, underway !== null);
  await strapi.store.set({ ...UNDERWAY, value: manifest.archiveId });
  await strapi.store.set({ ...RESTORED_AT, value: new Date().toISOString() });

  /** Keys that this site made for itself at its boot have sealed nothing: those of the archive come for them. */
  const restoreKeys = (): Promise<void> =>
    transaction(strapi, async (trx) => {
      const own = houseOf(manifest.archiveId);
      const keys = manifest.keys.filter(({ formOrType }) => formOrType !== own);
      for (const [formOrType, some] of Object.entries(groupBy(keys, 'formOrType'))) {
        const ids = some.map(({ keyId }) => keyId);
        const there = Number(
          (
            (await within(strapi, trx, DATA_KEYS_TABLE)
              .where({ form_or_type: formOrType })
              .whereIn('key_id', ids)
              .count({ n: '*' })) as { n: number }[]
          )[0]?.n,
        );
        if (there === ids.length) continue;
        // Waits for whoever stores something under them now; from then on nobody does.
        await within(strapi, trx, DATA_KEYS_TABLE).where({ form_or_type: formOrType }).delete();
        for (const name of [VAULT_TABLE, FILES_TABLE]) {
          const query = within(strapi, trx, name).select('id').where({ form_or_type: formOrType }).whereNotIn('key_id', ids);
          const other = (await holding(strapi, query, 'forShare').limit(1)) as unknown[];
          if (other.length > 0)
            throw new ArchiveProblem(
              `Something came in for "${formOrType}" meanwhile, under a key of this site. Nothing of it was touched. Stop the server and restore into an empty site.`,
            );
        }
        const createdAt = new Date();
        await statement(strapi, DATA_KEYS)
          .insert(some.map((key) => ({ ...key, createdAt })))
          .execute();
      }
    });

  const restoreForms = (): Promise<void> =>
    transaction(strapi, async () => {
      for (const form of places.forms) {
        const where = { documentId: form.documentId } as never;
        if ((await strapi.db.query(FORM as never).count({ where })) === 0)
          await statement(strapi, FORM).insert(asRow(form)).execute();
      }
    });

  const copyFiles = async (store: FileStore, lines: RecordLine[]): Promise<void> => {
    for (const file of lines.flatMap(({ files }) => files)) {
      // What an interrupted restore left behind.
      await store.remove(file.storedAs);
      await store.write(file.storedAs, createReadStream(pathOfFile(archive, file)) as AsyncIterable<Buffer>);
    }
  };

  const restoreHusks = async (lines: RecordLine[]): Promise<void> => {
    for (const [uid, some] of Object.entries(groupBy(lines, 'record.formOrType'))) {
      if (!protectedTypes(strapi).has(uid)) continue;
      for (const husk of some.flatMap(({ husks }) => husks)) {
        const there = {
          documentId: husk.documentId,
          publishedAt: husk.publishedAt ? { $notNull: true } : { $null: true },
        } as never;
        if ((await strapi.db.query(uid as never).count({ where: there })) === 0)
          await whileSealed(uid, () => strapi.db.query(uid as never).create({ data: husk } as never));
      }
    }
  };

  const restoreSome = async (all: RecordLine[]): Promise<void> => {
    const found = await table<VaultRow>(strapi, VAULT).findMany({
      where: { recordId: { $in: all.map(({ record }) => record.recordId) } },
      select: ['recordId', 'formOrType'],
    });
    const there = new Set(found.map(({ formOrType, recordId }) => `${formOrType} ${recordId}`));
    const lines = all.filter(({ record }) => !there.has(`${record.formOrType} ${record.recordId}`));
    if (lines.length === 0) return;
    const store = storeOf(strapi);
    await copyFiles(store, lines);
    await transaction(strapi, async (trx) => {
      // Written before anything is read: SQLite lets a reader of another process not become a writer.
      await within(strapi, trx, FILES_TABLE).where({ id: -1 }).update({ field: '' });
      await statement(strapi, VAULT)
        .insert(
          lines.map(({ record }) => ({
            ...record,
            receivedAt: new Date(record.receivedAt),
            // All rows of one INSERT name the same columns.
            binnedAt: record.binnedAt ? new Date(record.binnedAt) : null,
            binnedBy: record.binnedBy ?? null,
          })),
        )
        .execute();
      for (const { record, digests, files } of lines) {
        const own = { formOrType: record.formOrType, recordId: record.recordId };
        if (digests.length > 0)
          await statement(strapi, DIGESTS)
            .insert(digests.map((digest) => ({ ...digest, ...own })))
            .execute();
        for (const { sha256: _sha256, ...file } of files) {
          await statement(strapi, FILES)
            .insert({ ...file, ...own, createdAt: new Date(file.createdAt) })
            .execute();
          await store.keep(file.storedAs);
        }
      }
      await restoreHusks(lines);
    });
  };

  await restoreForms();
  await restoreKeys();
  let [batch, bytes]: [RecordLine[], number] = [[], 0];
  const flush = async (): Promise<void> => {
    await restoreSome(batch);
    restored.submissions += batch.length;
    restored.files += batch.reduce((sum, { files }) => sum + files.length, 0);
    [batch, bytes] = [[], 0];
    tell(restored);
  };
  for await (const line of linesOf(archive)) {
    if ('form' in line) continue;
    batch.push(line);
    bytes += line.record.sealed.length;
    if (batch.length === BATCH || bytes > PIECE_BYTES) await flush();
  }
  await flush();
  await strapi.store.delete(UNDERWAY);
  return restored;
};

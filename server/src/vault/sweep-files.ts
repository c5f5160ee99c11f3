/**
 * Removes from the file store what belongs to no record: files of requests that a killed server never finished, and of
 * records whose erasing was cut off. Nothing younger than an hour is touched, because another instance may be receiving it.
 */
import type { FileStore, Listed } from './file-store/port';
import type { Files } from './files';

export const LEFT_AFTER_MS = 60 * 60 * 1000;
const AT_ONCE = 500;

async function* inBatches<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** @returns how many were removed */
export const sweepFiles = async (store: FileStore, files: Pick<Files, 'withRow' | 'isUnderway'>, now: Date): Promise<number> => {
  let removed = 0;
  const isLeft = ({ id, since }: Listed): boolean => !files.isUnderway(id) && now.getTime() - since.getTime() > LEFT_AFTER_MS;
  for await (const batch of inBatches(store.list(), AT_ONCE)) {
    const known = await files.withRow(batch.map(({ id }) => id));
    for (const file of batch) {
      if (known.has(file.id)) {
        // Its record is there; only the last step was cut off.
        if (!file.isKept) await store.keep(file.id);
      } else if (isLeft(file)) {
        await store.remove(file.id);
        removed += 1;
      }
    }
  }
  return removed;
};

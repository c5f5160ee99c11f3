/** The columns of the table: the sites on which every path is tried, and in which order. */
import { whoCannotAsk } from './everybody-can-ask';
import { keepExport, noExport } from './exported';
import { found, type Probe } from './probe';
import { isTried, type Row, type TableRow } from './row';
import { fillSite, newest, sendSubmission, useGuard } from './submissions';
import { makeTarget, SECRET, type Target } from './target';
import { openTransfer } from './transfer';

export const COLUMNS = {
  plain: 'plain Strapi',
  guarded: 'guarded',
  empty: 'guarded, nothing protected',
  before: 'guarded, rows from before',
  transfer: 'guarded, while a transfer is open',
  second: 'guarded, on a second instance',
  imported: 'guarded, after an import of an open site',
} as const;
export type Column = keyof typeof COLUMNS;
export const ONLY_READING: readonly Column[] = ['transfer', 'second', 'imported'];

export type Outcome = { probes: Probe[] } | { error: string };
export type Results = Record<Column, Map<string, Outcome>>;

export const rowsOf = (table: readonly TableRow[], column: Column): Row[] =>
  table
    .filter(isTried)
    .filter((row) => !ONLY_READING.includes(column) || row.reads === true)
    .filter((row) => column !== 'empty' || row.always === true);

const tryRow = async (row: Row, target: Target): Promise<Outcome> => {
  try {
    return { probes: await row.attack(target) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

export interface Run {
  table: readonly TableRow[];
  results: Results;
  /** What was told to others while a whole column was tried. */
  told: Partial<Record<Column, Probe[]>>;
  /** Whose requests are not answered at all, by column. */
  cannotAsk: Partial<Record<Column, string[]>>;
  exportOf(target: Target): Promise<{ file: string; remove(): void }>;
  /** Set when there is something to remove. */
  remove(): void;
}

const tryAll = async ({ table, results }: Run, column: Column, target: Target, rows = rowsOf(table, column)): Promise<void> => {
  for (const row of rows) results[column].set(row.id, await tryRow(row, target));
};

/** What the site has logged, mailed and told others so far. */
const told = (target: Target): Record<string, () => string> => ({
  // Who asks for a file writes its name into the log: that is tried in a row of its own.
  'the log': () => target.said().replace(/.*ploads.*/gi, ''),
  'other plugins': target.seen,
  mails: target.site.outbox,
  webhooks: target.hooked,
});

/** From here on nothing of a submission may be told to anybody. @returns what was, to be asked at the end */
const listenTo = (target: Target): (() => Probe[]) => {
  const before = Object.values(told(target)).map((read) => read().length);
  return () => Object.entries(told(target)).map(([where, read], index) => found(where, read().slice(before[index]), [SECRET]));
};

const first = (rows: Row[]): Row[] => rows.filter(({ last }) => !last);
/** What destroys or changes the site, in the order in which one leaves something to the next. */
const lastOf = (rows: Row[], ids: string[]): Row[] => ids.flatMap((id) => rows.filter((row) => row.id === id));

const tryPlain = async (run: Run): Promise<void> => {
  const target = await makeTarget(false);
  try {
    await fillSite(target);
    const { file, remove } = await run.exportOf(target);
    run.remove = remove;
    keepExport(file);
    const rows = rowsOf(run.table, 'plain');
    run.cannotAsk.plain = await whoCannotAsk(target);
    await tryAll(run, 'plain', target, first(rows));
    await tryAll(run, 'plain', target, lastOf(rows, ['P66', 'P62', 'P63', 'P64', 'P71']));
  } finally {
    noExport();
    await target.remove();
  }
};

/** Boots without the plugin, fills the site, and boots with the plugin on the same database. */
const tryBefore = async (run: Run): Promise<void> => {
  const target = await makeTarget(false);
  try {
    await fillSite(target);
    await target.stop();
    target.isGuarded = true;
    target.isWrapped = false;
    await target.start({ TEST_FORM_GUARD: '{}' });
    run.cannotAsk.empty = await whoCannotAsk(target);
    await tryAll(run, 'empty', target);
    await target.stop();
    target.isWrapped = true;
    const tellTale = listenTo(target);
    await target.start();
    await useGuard(target);
    const rows = rowsOf(run.table, 'before');
    run.cannotAsk.before = await whoCannotAsk(target);
    await tryAll(run, 'before', target, first(rows));
    await tryAll(run, 'before', target, lastOf(rows, ['P62', 'P63', 'P64', 'P66', 'P71']));
    run.told.before = tellTale();
  } finally {
    await target.remove();
  }
};

/** Both sockets are open and begun while a row is tried; closing any would turn lifecycles on again. */
const whileTransferring = async (run: Run, target: Target): Promise<void> => {
  for (const row of rowsOf(run.table, 'transfer')) {
    const pull = await openTransfer(target, 'pull');
    const push = await openTransfer(target, 'push');
    await pull.command('init', { options: {}, checksums: false });
    await sendSubmission(target, { topic: target.ids.topic });
    run.cannotAsk.transfer ??= await whoCannotAsk(target);
    await tryAll(run, 'transfer', target, [row]);
    await push.close();
    await pull.close();
  }
};

const tryGuarded = async (run: Run): Promise<void> => {
  const target = await makeTarget(true);
  try {
    const tellTale = listenTo(target);
    await fillSite(target);
    const rows = rowsOf(run.table, 'guarded');
    run.cannotAsk.guarded = await whoCannotAsk(target);
    await tryAll(run, 'guarded', target, first(rows));
    await whileTransferring(run, target);
    const second = await target.second();
    try {
      const secondTells = listenTo(second);
      await sendSubmission(second, { topic: target.ids.topic });
      run.cannotAsk.second = await whoCannotAsk(second);
      await tryAll(run, 'second', second);
      run.told.second = secondTells();
    } finally {
      await second.remove();
    }
    await tryAll(run, 'guarded', target, lastOf(rows, ['P62', 'P63', 'P64', 'P71', 'P66']));
    target.ids.submission = await newest(target, 'contact_submissions');
    target.ids.lead = await newest(target, 'leads');
    target.ids.topic = await newest(target, 'topics');
    run.cannotAsk.imported = await whoCannotAsk(target);
    await tryAll(run, 'imported', target);
    run.told.guarded = tellTale();
  } finally {
    await target.remove();
  }
};

/** Two sites at a time: one for each core. */
export const tryEverything = async (run: Run): Promise<void> => {
  const lanes = await Promise.allSettled([tryPlain(run).then(() => tryBefore(run)), tryGuarded(run)]);
  const failed = lanes.find((lane) => lane.status === 'rejected');
  if (failed) throw failed.reason as Error;
};

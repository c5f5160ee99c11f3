/** The table as a person reads it. */
import { COLUMNS, type Column, type Outcome, type Results } from './columns';
import type { Probe } from './probe';
import { isTried, type TableRow } from './row';

export const isLeak = ({ leaked, atRest, allowed }: Probe, column: Column): boolean => {
  if (!leaked || allowed !== undefined) return false;
  // What an import brings has the same past: it lay unsealed in the place it comes from.
  return !(atRest && ['before', 'imported'].includes(column));
};

const cell = (outcome: Outcome | undefined, column: Column): string => {
  if (!outcome) return '';
  if ('error' in outcome) return 'ERROR';
  const { probes } = outcome;
  const kinds = (some: Probe[]): string => [...new Set(some.map(({ kind }) => kind))].join(' ');
  if (column === 'plain') {
    const bites = probes.filter(({ guardedOnly }) => !guardedOnly);
    if (bites.length === 0) return 'not here';
    const leaks = bites.filter(({ leaked }) => leaked);
    return `${kinds(leaks)} ${leaks.length}/${bites.length}`;
  }
  const leaks = probes.filter((probe) => isLeak(probe, column));
  if (leaks.length > 0) return `LEAKS ${kinds(leaks)} ${leaks.length}/${probes.length}`;
  const allowed = probes.find((probe) => probe.leaked && probe.allowed !== undefined)?.allowed;
  if (allowed !== undefined) return allowed;
  return probes.some(({ leaked }) => leaked) ? 'at rest' : `nothing ${probes.length}`;
};

const pad = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width));

export const tableAsText = (table: readonly TableRow[], results: Results): string => {
  const columns = Object.keys(COLUMNS) as Column[];
  const width = 17;
  const line = (id: string, what: string, cells: string[]): string =>
    `${pad(id, 4)} ${pad(what, 56)} ${cells.map((text) => pad(text, width)).join(' ')}`.trimEnd();
  const head = line('', '', [
    'plain',
    'guarded',
    'nothing protected',
    'rows from before',
    'transfer open',
    'second instance',
    'after an import',
  ]);
  const rows = table.map((row) =>
    isTried(row)
      ? line(
          row.id,
          row.what,
          columns.map((column) => cell(results[column].get(row.id), column)),
        )
      : line(row.id, row.what, [`not tried: ${row.untried}`]).replace(/not tried.*/, `not tried: ${row.untried}`),
  );
  const notes = table.filter(isTried).flatMap(({ id, note }) => (note ? [`${id}: ${note}`] : []));
  return [
    '',
    head,
    ...rows,
    '',
    'A number says how many ways of a path were tried. "at rest": only moving these rows into the vault stops it, because it goes',
    'past Strapi to the database or the disk.',
    ...notes,
    '',
  ].join('\n');
};

/** A row of the table: one way in which submissions leave Strapi. */
import type { Probe } from './probe';
import type { Target } from './target';

export interface Row {
  /** As in the list of paths: P01 to P75 were found before the plugin was made, P76 to P93 by going round it. */
  id: string;
  what: string;
  /** What this row asks for, where the promise is not simply "nothing". */
  note?: string;
  /** Only reads: it is tried again while a transfer is open, on a second instance and after an import. */
  reads?: boolean;
  /** It is tried where nothing is protected, too. */
  always?: boolean;
  /** It destroys or restarts the site, so it comes after the others. */
  last?: boolean;
  attack(target: Target): Promise<Probe[]>;
}
export interface Untried {
  id: string;
  what: string;
  untried: string;
}
export type TableRow = Row | Untried;

export const isTried = (row: TableRow): row is Row => 'attack' in row;

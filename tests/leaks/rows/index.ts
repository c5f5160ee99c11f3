/** The whole table, in the order in which the paths were listed. */
import type { TableRow } from '../site/row';
import { accounts } from './accounts';
import { adminPanel } from './admin-panel';
import { contentApi } from './content-api';
import { developers } from './developers';
import { files } from './files';
import { mistakes } from './mistakes';
import { operations } from './operations';
import { outbound } from './outbound';
import { readers } from './readers';
import { surroundings } from './surroundings';

export const TABLE: TableRow[] = [
  ...contentApi,
  ...files,
  ...adminPanel,
  ...outbound,
  ...developers,
  ...operations,
  ...accounts,
  ...surroundings,
  ...readers,
  ...mistakes,
];

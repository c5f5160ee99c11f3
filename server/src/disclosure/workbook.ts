/**
 * A table as a workbook of spreadsheet programs (XLSX): every answer is a cell of the type text, or a number, so that nothing in it
 * runs whatever it begins with. It is made in memory and touches no disk. Pure.
 */
import writeWorkbook from 'write-excel-file/node';

/** Excel (16) takes no longer text in one cell, and calls a file damaged that has one. */
const LONGEST_CELL = 32_767;

export type Cell = string | number;

/** @param cut what stands at the end of a text that does not fit into a cell */
export const workbookOf = (rows: readonly (readonly Cell[])[], cut: string): Promise<Buffer> => {
  const fitting = (text: string): string =>
    text.length <= LONGEST_CELL ? text : `${text.slice(0, LONGEST_CELL - cut.length - 1)} ${cut}`;
  const sheet = rows.map((cells, row) =>
    cells.map((cell) =>
      typeof cell === 'number'
        ? ({ value: cell, type: Number } as const)
        : ({ value: fitting(cell), type: String, ...(row === 0 ? ({ fontWeight: 'bold' } as const) : {}) } as const),
    ),
  );
  return writeWorkbook(sheet, { stickyRowsCount: 1 }).toBuffer();
};

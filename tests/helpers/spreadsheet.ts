/** What a spreadsheet program makes of the text of a table. */

/** The characters that programs take for the end of a cell, by the language they speak. */
export const PROGRAMS = [',', ';', '\t', '|'];

/** As a program reads it that knows quotes, and as one that does not. */
export const cellsOf = (csv: string, separator: string, mindsQuotes: boolean): string[] => {
  const cells: string[] = [];
  let [cell, isQuoted] = ['', false];
  for (const letter of csv) {
    if (mindsQuotes && letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (letter === separator || /[\r\n\v\f\u0085\u2028\u2029]/.test(letter))) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell];
};

/** Whether a program would take the cell for a formula. */
export const runs = (cell: string): boolean => {
  const seen = cell.replace(/^[\s"\p{Cc}\p{Cf}]+/u, '');
  return /^[=+\-@＝＋－＠]/.test(seen) && !/^-\d+([.,]\d+)?[\s"]*$/.test(seen);
};

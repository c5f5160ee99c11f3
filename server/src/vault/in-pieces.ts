/**
 * Submissions may be a thousand times as large as most are: what is done to many at once is done to no more than a server has
 * memory for, and a database takes in one statement (MariaDB, as it comes: 16 MiB). Pure.
 */
export const PIECE_BYTES = 2 * 1024 * 1024;

/** How many rows that hold submissions are read at once. */
export const READ_AT_ONCE = 50;

/** Cuts a list into pieces of at most `items`, and of at most PIECE_BYTES or one that is larger by itself. */
export const inPieces = <Item>(list: readonly Item[], items: number, bytesOf: (item: Item) => number): Item[][] => {
  const pieces: Item[][] = [];
  let [piece, bytes]: [Item[], number] = [[], Infinity];
  for (const item of list) {
    bytes += bytesOf(item);
    if (bytes > PIECE_BYTES || piece.length === items) {
      [piece, bytes] = [[], bytesOf(item)];
      pieces.push(piece);
    }
    piece.push(item);
  }
  return pieces;
};

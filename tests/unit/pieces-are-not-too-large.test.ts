import { inPieces, PIECE_BYTES } from '../../server/src/vault/in-pieces';

const pieces = (sizes: number[], items = 3): number[][] => inPieces(sizes, items, (size) => size);

test.each<[string, number[], number[][]]>([
  ['nothing', [], []],
  ['few', [1, 2], [[1, 2]]],
  ['as many as may be, and one more', [1, 2, 3, 4], [[1, 2, 3], [4]]],
  ['one that is too large stands alone', [1, PIECE_BYTES + 1, 2], [[1], [PIECE_BYTES + 1], [2]]],
  ['too large from the first', [PIECE_BYTES + 1, 2, 3], [[PIECE_BYTES + 1], [2, 3]]],
  ['just full', [PIECE_BYTES - 1, 1, 1], [[PIECE_BYTES - 1, 1], [1]]],
])('%s', (_what, sizes, expected) => {
  expect(pieces(sizes)).toEqual(expected);
});

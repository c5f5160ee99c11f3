/** Whoever sends an address of slashes alone must not keep the server busy with it. */
import { plainPath, readingsOf } from '../../server/src/protection/readings';

const millisecondsOf = (path: string, read: (path: string) => unknown = plainPath): number => {
  const from = performance.now();
  read(path);
  return performance.now() - from;
};
const slashes = (length: number): string => `${'/'.repeat(length)}x`;

test('the gate ignores case and slashes at the end', () => {
  expect(['/API/Contact-Submissions', '/api/x/', '/api/x///', '/', '//a//b'].map(plainPath)).toEqual([
    '/api/contact-submissions',
    '/api/x',
    '/api/x',
    '',
    '//a//b',
  ]);
});

test('ten times as many slashes take at most thirty times as long', () => {
  // Quadratic time is a hundred times as long, every time; what is linear is not interrupted every time.
  const isSlow = [1, 2, 3].every(() => millisecondsOf(slashes(100_000)) > 30 * millisecondsOf(slashes(10_000)));
  expect(isSlow).toBe(false);
});

test.each(['/', '.', '. ', '..;/', '%', '%25', '%2e/', 'a.', ';a', '\\', '%c0%af', '\u200b', '?'])(
  'and so it is where addresses are read in every way: %j',
  (part) => {
    const long = (length: number): string => `/${part.repeat(length)}x`;
    const isSlow = [1, 2, 3].every(
      () => millisecondsOf(long(50_000), readingsOf) > 30 * Math.max(1, millisecondsOf(long(5_000), readingsOf)),
    );
    expect(isSlow).toBe(false);
  },
);

/** Whoever sends an address of slashes alone must not keep the server busy with it. */
import { plainPath } from '../../server/src/intake/gate';

const millisecondsOf = (path: string): number => {
  const from = performance.now();
  plainPath(path);
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

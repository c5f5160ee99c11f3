/** What the operations of our own are called, among all that sealing.mjs compares. */
export const OURS = 'seal and open';
export const DIGEST = 'digest for search';

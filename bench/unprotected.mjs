/**
 * Reading a type that the plugin has nothing to do with, while it guards two others: 25 articles by REST. Two Strapis
 * without the plugin differ by up to 3 % on a busy machine, so a ratio within that says "nothing to be seen".
 */
import { PROTECT } from './measure/answers.mjs';
import { reportAlone } from './measure/report.mjs';
import { sideBySide } from './measure/side-by-side.mjs';

const ARTICLE = 'api::article.article';
const reading = async (site) => {
  await site.ask('allow', { action: `${ARTICLE}.find` });
  await site.ask('fill', {
    uid: ARTICLE,
    rows: 25,
    data: { title: 'Article #', body: 'Some text. '.repeat(100) },
    status: 'published',
  });
  return () => ({ path: '/api/articles?pagination[pageSize]=25', expect: 200, length: 25 });
};

export const measure = async () => [
  await sideBySide({
    what: 'read an unprotected type',
    aim: 1.02,
    config: PROTECT,
    prepare: { with: reading, without: reading },
    rounds: 1000,
    warmUp: 2000,
  }),
];

await reportAlone(import.meta.url, measure);

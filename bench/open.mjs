/**
 * One submission opened by its named reader, who is looked up, checked against the record and written into it, against one entry
 * opened in the content manager without the plugin. In processor time of the server (measure/in-blocks.mjs); the last
 * column counts the SQL statements of one opening (BENCH_SQL=true lists them). With eight readers: 70 statements and 1.62× before
 * the record was asked once for each act, 28 and 1.26× since.
 */
import { answers, PROTECT } from './measure/answers.mjs';
import { inBlocks } from './measure/in-blocks.mjs';
import { reportAlone } from './measure/report.mjs';

const TYPE = 'api::enquiry.enquiry';
const READERS = 8;

const prepare = async (site, side) => {
  await site.ask('fill', { uid: TYPE, rows: 25, data: answers('#') });
  const boss = await site.ask('person', { role: 'strapi-super-admin' });
  const listed = await site.request({
    path: `/content-manager/collection-types/${TYPE}?pageSize=25`,
    jwt: boss.jwt,
    expect: 200,
  });
  const [{ documentId }] = JSON.parse(listed.body).results;
  const what = 'open a submission';
  if (side === 'without')
    return { [what]: () => ({ path: `/content-manager/collection-types/${TYPE}/${documentId}`, jwt: boss.jwt, expect: 200 }) };
  const people = [];
  for (let index = 0; index < READERS; index += 1) people.push(await site.ask('person', { role: 'strapi-editor' }));
  const naming = { people: people.map(({ id }) => id), until: '2099-12-31', fields: null };
  await site.request({ method: 'POST', path: `/form-guard/readers/${TYPE}`, jwt: boss.jwt, body: naming, expect: 200 });
  const [{ jwt }] = people;
  return { [what]: () => ({ method: 'POST', path: `/form-guard/inbox/${TYPE}/${documentId}/open`, jwt, expect: 200 }) };
};

export const measure = () => inBlocks({ config: PROTECT, prepare });

await reportAlone(import.meta.url, measure);

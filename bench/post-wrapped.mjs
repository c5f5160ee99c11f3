/**
 * Strapi's own create of a wrapped type, against the same type and the same body without the plugin. Twice: the contact
 * of the tests (components, a relation, a unique e-mail address), and a plain type on which Strapi has less to do.
 */
import { answers, PROTECT } from './measure/answers.mjs';
import { reportAlone } from './measure/report.mjs';
import { sideBySide } from './measure/side-by-side.mjs';

const posting = (type, plural) => async (site) => {
  await site.ask('allow', { action: `api::${type}.${type}.create` });
  return (number) => ({ method: 'POST', path: `/api/${plural}`, body: { data: answers(number) }, expect: 201 });
};

export const measure = async () => {
  const rows = [];
  for (const [type, plural] of [
    ['contact', 'contacts'],
    ['enquiry', 'enquiries'],
  ]) {
    const prepare = { with: posting(type, plural), without: posting(type, plural) };
    rows.push(await sideBySide({ what: `post to a wrapped type (${type})`, aim: 1.5, config: PROTECT, prepare }));
  }
  return rows;
};

await reportAlone(import.meta.url, measure);

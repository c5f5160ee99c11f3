/**
 * A page of 25 of 2,000 submissions for a named reader, against the content manager's page of 25 of 2,000 rows of the
 * same type without the plugin. Twice, as in post-wrapped.mjs.
 */
import { answers, PROTECT } from './measure/answers.mjs';
import { reportAlone } from './measure/report.mjs';
import { sideBySide } from './measure/side-by-side.mjs';

const fill = (site, uid) => site.ask('fill', { uid, rows: 2000, data: answers('#') });

const preparing = (uid) => ({
  async with(site) {
    await fill(site, uid);
    const boss = await site.ask('person', { role: 'strapi-super-admin' });
    const reader = await site.ask('person', { role: 'strapi-editor' });
    const naming = { people: [reader.id], until: '2099-12-31', fields: null };
    await site.request({ method: 'POST', path: `/form-guard/readers/${uid}`, jwt: boss.jwt, body: naming, expect: 200 });
    return () => ({ path: `/form-guard/inbox/${uid}?pageSize=25`, jwt: reader.jwt, expect: 200, length: 25 });
  },
  async without(site) {
    await fill(site, uid);
    const { jwt } = await site.ask('person', { role: 'strapi-super-admin' });
    return () => ({ path: `/content-manager/collection-types/${uid}?page=1&pageSize=25`, jwt, expect: 200, length: 25 });
  },
});

export const measure = async () => {
  const rows = [];
  for (const type of ['contact', 'enquiry']) {
    const prepare = preparing(`api::${type}.${type}`);
    rows.push(await sideBySide({ what: `list 25 of 2,000 (${type})`, aim: 1, config: PROTECT, prepare }));
  }
  return rows;
};

await reportAlone(import.meta.url, measure);

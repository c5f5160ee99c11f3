/**
 * Sending one of the plugin's forms, against Strapi's own REST create of an unprotected type with the same fields. The
 * form keeps a digest of the e-mail address for search, which Strapi's side need not.
 */
import { answers } from './measure/answers.mjs';
import { reportAlone } from './measure/report.mjs';
import { sideBySide } from './measure/side-by-side.mjs';

const FORM = {
  title: 'Enquiry',
  slug: 'enquiry',
  fields: [
    { name: 'subject', label: 'Subject', type: 'choice', required: false, options: ['complaint', 'question'] },
    { name: 'name', label: 'Your name', type: 'text', required: true, maxLength: 80 },
    { name: 'email', label: 'Your e-mail', type: 'email', required: true, searchable: true },
    { name: 'phone', label: 'Your phone number', type: 'phone', required: false },
    { name: 'message', label: 'Your message', type: 'longText', required: false, maxLength: 5000 },
  ],
};

export const measure = async () => [
  await sideBySide({
    what: 'post a form',
    aim: 1,
    prepare: {
      async with(site) {
        const { jwt } = await site.ask('person', { role: 'strapi-super-admin' });
        await site.request({ method: 'POST', path: '/form-guard/forms', jwt, body: FORM, expect: 201 });
        return (number) => ({
          method: 'POST',
          path: '/api/form-guard/forms/enquiry/submissions',
          body: answers(number),
          expect: 201,
        });
      },
      async without(site) {
        await site.ask('allow', { action: 'api::enquiry.enquiry.create' });
        return (number) => ({ method: 'POST', path: '/api/enquiries', body: { data: answers(number) }, expect: 201 });
      },
    },
  }),
];

await reportAlone(import.meta.url, measure);

/** The names of the fixture app, and how its types are wrapped. */

export const SUBMISSION = 'api::contact-submission.contact-submission';
export const LEAD = 'api::lead.lead';
export const TOPIC = 'api::topic.topic';
export const FORM_PAGE = 'api::form-page.form-page';
export const ARTICLE = 'api::article.article';
export const PETITION = 'api::petition.petition';
export const FILES = 'plugin::upload.content-api';

export const PROTECT = {
  protect: {
    [SUBMISSION]: {
      plain: ['topic'],
      search: ['email'],
      label: 'Contact form',
    },
    [LEAD]: { label: 'Leads' },
  },
  unsafeEntryWebhooks: true,
};

/** Attributes of a submission, as rows of the admin's permissions name them. */
export const FIELDS = [
  'name',
  'email',
  'message',
  'secret',
  'ref',
  'code',
  'details',
  'mood',
  'seenAt',
  'contact.phone',
  'contact.city',
  'attachment',
  'topic',
  'form',
];

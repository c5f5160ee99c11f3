/** What is sent and stored on both sides: the fields of a contact form that many sites have. */
export const PROTECT = {
  protect: {
    'api::contact.contact': { plain: ['subject'], search: ['email'] },
    'api::enquiry.enquiry': { plain: ['subject'], search: ['email'] },
  },
};

/** @param number so that no two are equal (the e-mail address of a contact must be unique). */
export const answers = (number) => ({
  subject: 'complaint',
  name: 'Alex Example',
  email: `sender-${number}@example.org`,
  phone: '+32 2 123 45 67',
  message: `Number ${number}. ${'On the evening of the first I stood at the corner of the street and saw it. '.repeat(4)}`.trim(),
});

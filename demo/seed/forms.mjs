/** The two forms of the demo, as an editor would write them: a complaint and a call for help, both of them private matters. */
import { list } from './list.mjs';

export const BOROUGHS = list(`
  Barking and Dagenham, Barnet, Bexley, Brent, Bromley, Camden, City of London, Croydon, Ealing, Enfield, Greenwich,
  Hackney, Hammersmith and Fulham, Haringey, Harrow, Havering, Hillingdon, Hounslow, Islington, Kensington and Chelsea,
  Kingston upon Thames, Lambeth, Lewisham, Merton, Newham, Redbridge, Richmond upon Thames, Southwark, Sutton,
  Tower Hamlets, Waltham Forest, Wandsworth, Westminster`);
export const WAYS = ['E-mail', 'Phone', 'Letter'];
export const SAFE_TIMES = ['Any time', 'Mornings', 'Afternoons', 'Evenings', 'Please do not call me'];

const PERSON = [
  { name: 'name', label: 'Your name', type: 'text', required: true, maxLength: 120 },
  { name: 'email', label: 'Your e-mail', type: 'email', required: true, searchable: true },
  { name: 'phone', label: 'Your phone number', type: 'phone', required: false },
];
const CONSENT = {
  name: 'consent',
  label: 'You may use what I write here to deal with my message',
  type: 'checkbox',
  required: true,
};
const borough = (label) => ({ name: 'borough', label, type: 'choice', required: true, options: BOROUGHS });
const form = (definition) => ({ open: true, redirectTo: '', keepAddress: false, keepUserAgent: false, ...definition });

export const COMPLAINT = form({
  title: 'Complaint about the police',
  slug: 'police-complaint',
  intro: 'Tell us what happened. Only the people who handle complaints can read what you send.',
  thankYou: 'Thank you. We read every complaint and answer within ten working days.',
  fields: [
    ...PERSON,
    borough('Where it happened'),
    { name: 'incident_date', label: 'When it happened', type: 'date', required: false },
    {
      name: 'officer',
      label: 'Anything you know about the officer',
      type: 'text',
      required: false,
      help: 'A number, a name, a vehicle.',
      maxLength: 300,
    },
    { name: 'message', label: 'What happened', type: 'longText', required: true, minLength: 20, maxLength: 5000 },
    {
      name: 'evidence',
      label: 'Pictures or papers that show it',
      type: 'file',
      required: false,
      help: 'If you have any. They are kept as safely as your words.',
      accept: ['image', 'document', 'text'],
      maxBytes: 10 * 1024 * 1024,
      maxFiles: 3,
    },
    { name: 'answer_by', label: 'How we may answer', type: 'choices', required: false, options: WAYS },
    CONSENT,
  ],
});

export const VICTIMS = form({
  title: 'Message to the Victims’ Commissioner',
  slug: 'victims-commissioner',
  intro: 'For victims of crime and those who stand by them. If you are in danger now, call 999.',
  thankYou: 'Thank you for writing. Somebody from the office will read your message and come back to you.',
  fields: [
    ...PERSON,
    { name: 'safe_to_call', label: 'When it is safe to call you', type: 'choice', required: true, options: SAFE_TIMES },
    borough('Where you live'),
    { name: 'crime_date', label: 'When it happened', type: 'date', required: false },
    { name: 'crime_reference', label: 'Crime reference, if you have one', type: 'text', required: false, maxLength: 60 },
    { name: 'age', label: 'Your age', type: 'number', required: false, min: 0, max: 120 },
    { name: 'message', label: 'What you want to tell us', type: 'longText', required: true, minLength: 20, maxLength: 5000 },
    { name: 'under_18', label: 'I write for somebody under 18', type: 'checkbox', required: false },
    CONSENT,
  ],
});

/** The three people of the demo, each with a password made now. Strapi asks for 8 characters, upper, lower and a digit. */
import { randomInt } from 'node:crypto';

// Without the characters that people confuse when they type a password from a terminal.
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const FITS = [/[a-z]/, /[A-Z]/, /[0-9]/];

const makePassword = () => {
  const password = Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return FITS.every((rule) => rule.test(password)) ? password : makePassword();
};

const PEOPLE = [
  { firstname: 'Ada', lastname: 'Admin', email: 'admin@example.org', may: 'super admin; a reader of nothing until named' },
  { firstname: 'Naima', lastname: 'Reader', email: 'naima@example.org', may: 'editor, named reader of the complaint form only' },
  { firstname: 'Oscar', lastname: 'Editor', email: 'oscar@example.org', may: 'editor, reader of nothing' },
];

/** [super admin, reader, editor] */
export const makePeople = () => PEOPLE.map((person) => ({ ...person, password: makePassword() }));

export const registerFirst = async ({ call, signIn }, { firstname, lastname, email, password }) => {
  const { data } = await call('POST', '/admin/register-admin', { firstname, lastname, email, password });
  signIn(data.token);
};

/** Invited by the super admin and registered with the invitation, as people are. @returns the id of the admin user */
export const inviteEditor = async ({ call }, { firstname, lastname, email, password }) => {
  const { data: roles } = await call('GET', '/admin/roles');
  const editor = roles.find(({ code }) => code === 'strapi-editor');
  const { data: invited } = await call('POST', '/admin/users', { firstname, lastname, email, roles: [editor.id] });
  const { registrationToken, id } = invited;
  await call('POST', '/admin/register', { registrationToken, userInfo: { firstname, lastname, password } });
  return id;
};

/** What is printed at every start: where to go and as whom. The last line is the one that scripts wait for. */
const COMPLAINT = '/api/form-guard/forms/police-complaint';

/** @param credentials the file in which e-mails and passwords are kept */
export const announce = (url, people, credentials) => {
  const width = Math.max(...people.map(({ email }) => email.length));
  const lines = [
    '',
    `Sign in at the admin as one of these (made for this machine, kept in ${credentials}):`,
    ...people.map(({ email, password, may }) => `  ${email.padEnd(width)}  ${password}  ${may}`),
    '',
    `  The admin                          ${url}/admin`,
    `  Both forms as plain HTML pages     ${url}/forms.html`,
    `  What anyone may know of a form     ${url}${COMPLAINT}`,
    `  Send a submission                  POST ${url}${COMPLAINT}/submissions`,
    `  The site's own, wrapped type       POST ${url}/api/contact-submissions`,
    `  The site's articles, not wrapped   ${url}/api/articles`,
    `  GraphQL                            POST ${url}/graphql`,
    '',
    'Begin anew with: npm run demo -- --reset      Stop with Ctrl-C.',
    `Form Guard demo is ready: ${url}/admin`,
  ];
  console.log(lines.join('\n'));
};

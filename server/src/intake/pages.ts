/** What somebody sees whose browser sent a plain HTML form: a thank-you, or what to mend. No script, no value sent. Pure. */
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const page = (title: string, content: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<meta name="robots" content="noindex"><title>${escape(title)}</title></head>` +
  `<body style="font-family:system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;line-height:1.5">` +
  `<main><h1>${escape(title)}</h1>${content}</main></body></html>`;

const paragraph = (text: string): string => `<p>${escape(text).replace(/\n/g, '<br>')}</p>`;

export const thankYouPage = ({ thankYou, reference }: { thankYou: string; reference: string }): string =>
  page(
    'Thank you',
    `${paragraph(thankYou || 'Your message has arrived.')}${paragraph(`Your reference is ${reference}. Keep it if you want to ask about your message.`)}`,
  );

export const problemPage = (problems: string[]): string =>
  page(
    'Your message was not sent',
    `<p>Please go back and check:</p><ul>${problems.map((problem) => `<li>${escape(problem)}</li>`).join('')}</ul>`,
  );

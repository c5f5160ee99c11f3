/**
 * Fills a new demo over HTTP, through the doors that people use: three people, two forms, one named reader, two articles
 * and 400 submissions sent as strangers send them, four of them with files. It stops at the first thing that is not accepted.
 */
import { makeChance } from './chance.mjs';
import { connect } from './client.mjs';
import { COMPLAINT, VICTIMS } from './forms.mjs';
import { inviteEditor, makePeople, registerFirst } from './people.mjs';
import { allowPublic } from './public-role.mjs';
import { inventSubmissions } from './submissions.mjs';

const SEED = 412;
const ARTICLE = '/content-manager/collection-types/api::article.article';
const ARTICLES = [
  { title: 'Our new office', body: 'From Monday you find us on the second floor. The entrance is the same.' },
  { title: 'How we treat what you send us', body: 'Only named people can read a message, and every opening is written down.' },
];

const sendSubmissions = async (url) => {
  const stranger = connect(url);
  const submissions = inventSubmissions(makeChance(SEED));
  for (const { path, body, files } of submissions) await stranger.call('POST', path, body, files);
  return submissions.length;
};

/** What the plugin itself counts, so that a demo is never announced with less than was sent. */
const checkCount = async ({ call }, sent) => {
  const { data } = await call('GET', '/form-guard/overview');
  const kept = data.sources.reduce((sum, { submissions }) => sum + submissions, 0);
  if (kept < sent) throw new Error(`${sent} submissions were sent, and Form Guard counts ${kept}.`);
};

/** @returns how many submissions were sent */
export const seed = async (url, { keepPeople }) => {
  console.log('First start: making three people, two forms and 400 invented submissions …');
  const boss = connect(url);
  const [admin, reader, editor] = makePeople();
  await registerFirst(boss, admin);
  const readerId = await inviteEditor(boss, reader);
  await inviteEditor(boss, editor);
  keepPeople([admin, reader, editor]);
  const { data: complaints } = await boss.call('POST', '/form-guard/forms', COMPLAINT);
  await boss.call('POST', '/form-guard/forms', VICTIMS);
  await boss.call('POST', `/form-guard/readers/${encodeURIComponent(complaints.id)}`, {
    people: [readerId],
    until: new Date(Date.now() + 90 * 24 * 60 * 60_000).toISOString(),
    fields: null,
  });
  await allowPublic(boss);
  for (const article of ARTICLES) await boss.call('POST', ARTICLE, article);
  const sent = await sendSubmissions(url);
  await checkCount(boss, sent);
  return sent;
};

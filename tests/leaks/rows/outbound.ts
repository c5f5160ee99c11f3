/** What the site tells others by itself: webhooks, mails, other plugins. */
import { SUBMISSION, TOPIC } from '../site/fixture';
import { found, whileReading, type Probe } from '../site/probe';
import type { Row, TableRow } from '../site/row';
import { sendSubmission, sendWithFile } from '../site/submissions';
import type { Target } from '../site/target';

const putSubmission = (target: Target) =>
  target.as('boss', `PUT /content-manager/collection-types/${SUBMISSION}/${target.ids.submission}`, {
    body: { topic: { connect: [], disconnect: [] } },
  });
const putTopic = (target: Target) =>
  target.as('boss', `PUT /content-manager/collection-types/${TOPIC}/${target.ids.topic}`, { body: { title: 'Roads and paths' } });

const hears = async (target: Target, what: string, run: () => Promise<unknown>): Promise<Probe> =>
  found(what, await whileReading(target.hooked, run));

const tried: Row[] = [
  {
    id: 'P44',
    what: 'Webhook on entries: submissions',
    reads: true,
    attack: async (target) => [
      await hears(target, 'entry.create of a submission', () => sendSubmission(target)),
      await hears(target, 'entry.update of a submission', () => putSubmission(target)),
    ],
  },
  {
    id: 'P45',
    what: 'Webhook on another type: its related submissions',
    reads: true,
    attack: async (target) => [await hears(target, 'entry.update of a topic', () => putTopic(target))],
  },
  {
    id: 'P46',
    what: 'Webhook on media: name and address of an attachment',
    attack: async (target) => [
      await hears(target, 'media.create', () => sendWithFile(target)),
      await hears(target, 'media.update', () => {
        const form = new FormData();
        form.append('fileInfo', JSON.stringify({ caption: 'Seen' }));
        return target.as('boss', 'POST /upload?id=1', { form });
      }),
    ],
  },
  {
    id: 'P47',
    what: "A developer's mail about what came in",
    reads: true,
    attack: async (target) => [
      found('mail after a create', await whileReading(target.site.outbox, () => sendSubmission(target))),
      found('mail after an update', await whileReading(target.site.outbox, () => putSubmission(target))),
    ],
  },
  {
    id: 'P48',
    what: 'Other plugins, loaded before and after: documents, lifecycles, events',
    reads: true,
    async attack(target) {
      const told = await whileReading(target.seen, async () => {
        await sendWithFile(target);
        await putSubmission(target);
        await putTopic(target);
        await target.as('stranger', 'GET /api/dev/documents');
        await target.as('stranger', 'GET /api/dev/query');
        await target.as('stranger', 'GET /api/topics?populate[submissions]=true');
      });
      const lines = told.split('\n');
      return ['before', 'after'].flatMap((when) =>
        [
          'documents in register',
          'documents out register',
          'documents in bootstrap',
          'documents out bootstrap',
          'lifecycle',
          'event',
        ].map((where) => found(`${when}: ${where}`, lines.filter((line) => line.startsWith(`${when} ${where}`)).join('\n'))),
      );
    },
  },
];

export const outbound: TableRow[] = [
  ...tried,
  { id: 'P49', what: 'Audit log of the enterprise edition', untried: 'needs an enterprise licence' },
  { id: 'P50', what: 'Content history', untried: 'needs an enterprise licence' },
  { id: 'P51', what: 'Releases', untried: 'needs an enterprise licence' },
  { id: 'P52', what: 'Review workflows', untried: 'needs an enterprise licence' },
  { id: 'P53', what: "Strapi's AI services", untried: 'needs an enterprise licence and a server of Strapi' },
];

/** The addresses and services of the Content-Type Builder that its screen no longer uses open, lose and change no submission. */
import { makeOwnApp, type OwnApp } from '../helpers/own-app';
import { expectRefusedByHttp, expectRefusedInCode, sendThree } from '../helpers/refused';
import {
  changed,
  CHANGES,
  DELETED,
  LOSES,
  lost,
  opened,
  relation,
  showSchema,
  withChanges,
  type Changes,
  type Properties,
  type Shows,
} from '../helpers/schema-edits';
import { adminPerson, as, CONTACT, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';
import { whileListening } from '../helpers/canary';

const ADDRESS = 'shared.address';

let own: OwnApp;
let running: Running;
let boss: AdminPerson;
let schema: Shows;
beforeAll(async () => {
  own = makeOwnApp();
  running = await startStrapi({ app: own.app });
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await sendThree(running);
  schema = await showSchema(running, boss);
});
afterEach(() => own.restore());
afterAll(async () => {
  await running.stop();
  own.remove();
});

type Call = (...args: unknown[]) => Promise<unknown>;
/** A function of a service of the builder, as other plugins call it. */
const call =
  (service: string, name: string, ...args: (() => unknown)[]) =>
  (): Promise<unknown> => {
    const found = running.strapi.plugin('content-type-builder').service(service) as Record<string, Call>;
    return (found[name] as Call)(...args.map((arg) => arg()));
  };
const always =
  <Value>(value: Value) =>
  (): Value =>
    value;

const contact = (changes: Changes) => ({
  contentType: {
    displayName: 'Contact',
    singularName: 'contact',
    pluralName: 'contacts',
    draftAndPublish: false,
    attributes: Object.fromEntries(
      withChanges(() => schema)(CONTACT, changes).attributes.map(({ name, properties }) => [name, properties as Properties]),
    ),
  },
});
const ruled = () => contact({ message: { maxLength: 100 } });
const pointing = { contact: relation('oneToOne', CONTACT) };
const page = { contentType: { displayName: 'Page', singularName: 'page', pluralName: 'pages', attributes: pointing } };
const sender = { component: { displayName: 'Sender', category: 'shelf', attributes: pointing } };
const address = { component: { displayName: 'Address', category: 'shared', attributes: { street: { type: 'string' } } } };

const message = { sentences: [changed('message')], actions: [`change ${CONTACT}.message`], onRecord: CHANGES };
const deleted = { sentences: [DELETED], actions: [`delete ${CONTACT}`], onRecord: LOSES };
const pointedAt = (owner: string, who: string) => ({
  sentences: [opened(who)],
  actions: [`relate ${owner}.contact`],
  onRecord: `let whoever may read ${who} read submissions`,
});
const street = {
  sentences: [changed('street” of the component “Address'), lost('city” of the component “Address')],
  actions: [`change ${ADDRESS}.street`, `delete ${ADDRESS}.city`],
  onRecord: LOSES,
};
const holders = (verb: string, sentence: (name: string) => string, onRecord: string) => ({
  sentences: [sentence('address'), sentence('children')],
  actions: [`${verb} ${CONTACT}.address`, `${verb} ${CONTACT}.children`],
  onRecord,
});

interface Expected {
  sentences: string[];
  actions: string[];
  onRecord: string;
}
type Old = [request: string, body: () => object | undefined, code: () => Promise<unknown>, expected: Expected];
const old: Old[] = [
  [`PUT /content-types/${CONTACT}`, ruled, call('content-types', 'editContentType', always(CONTACT), ruled), message],
  [`DELETE /content-types/${CONTACT}`, always(undefined), call('content-types', 'deleteContentType', always(CONTACT)), deleted],
  [
    'POST /content-types',
    always(page),
    call('content-types', 'createContentType', always(page)),
    pointedAt('api::page.page', '“Page”'),
  ],
  [`PUT /components/${ADDRESS}`, always(address), call('components', 'editComponent', always(ADDRESS), always(address)), street],
  [
    'POST /components',
    always(sender),
    call('components', 'createComponent', always(sender)),
    pointedAt('shelf.sender', 'what holds the component “Sender”'),
  ],
  [
    `DELETE /components/${ADDRESS}`,
    always(undefined),
    call('components', 'deleteComponent', always(ADDRESS)),
    holders('delete', lost, LOSES),
  ],
  [
    'PUT /component-categories/shared',
    always({ name: 'people' }),
    call('component-categories', 'editCategory', always('shared'), always({ name: 'people' })),
    holders('change', changed, CHANGES),
  ],
  [
    'DELETE /component-categories/shared',
    always(undefined),
    call('component-categories', 'deleteCategory', always('shared')),
    holders('delete', lost, LOSES),
  ],
];

test.each(old)('%s, and its service', async (request, body, code, expected) => {
  const [method, path] = request.split(' ') as ['PUT', string];
  const send = as(running, boss)[method.toLowerCase() as 'put'];
  const { said } = await whileListening(running.strapi, () =>
    expectRefusedByHttp(running, boss, own.files, () => send(`/content-type-builder${path}`, body()), expected),
  );
  expect(said).not.toContain('3 submissions');
  await expectRefusedInCode(running, boss, own.files, code, expected);
});

test.each([
  ['createContentTypes', always([page]), pointedAt('api::page.page', '“Page”')],
  ['deleteContentTypes', always(['api::article.article', CONTACT]), deleted],
])('%s, for several at once', (name, asked, expected) =>
  expectRefusedInCode(running, boss, own.files, call('content-types', name, asked), expected),
);

test('the files of a wrapped type are not cleared away', () =>
  expectRefusedInCode(running, boss, own.files, call('api-handler', 'clear', always(CONTACT)), deleted));

test('a type as the older address shows it is saved again, with its rules', async () => {
  const { body } = await as(running, boss).get(`/content-type-builder/content-types/${CONTACT}`).expect(200);
  const shown = (body as { data: { schema: { attributes: Record<string, Properties> } } }).data.schema.attributes;
  const asked = { contentType: { ...contact({}).contentType, attributes: { ...shown, note: { type: 'text' } } } };
  await call('content-types', 'editContentType', always(CONTACT), always(asked))();
  expect(own.schema('api/contact/content-types/contact/schema.json').attributes).toMatchObject({
    name: { required: true, minLength: 2, maxLength: 80 },
    email: { required: true, unique: true },
    code: { type: 'uid' },
    note: { type: 'text' },
  });
});

test('other types, components and categories are changed and deleted', async () => {
  await call('components', 'deleteComponent', always('shelf.quote'))();
  await call('content-types', 'deleteContentType', always('api::about.about'))();
  await call('component-categories', 'editCategory', always('shelf'), always({ name: 'rack' }))();
  expect(await own.files()).not.toContain('api/about/content-types');
  expect(await own.files()).toContain('rack/imprint.json');
});

/**
 * The Content-Type Builder opens, loses and changes no submission: such an edit is refused before a file is touched,
 * whoever calls it and however. Edits of everything else, and new attributes of a wrapped type, are saved.
 */
import { canary, wholeDatabase } from '../helpers/canary';
import { makeOwnApp, type OwnApp } from '../helpers/own-app';
import { expectRefusedByHttp, expectRefusedInCode, sendThree } from '../helpers/refused';
import {
  changed,
  CHANGES,
  components,
  DELETED,
  LOSES,
  lost,
  opened,
  relation,
  removed,
  showSchema,
  types,
  withChanges,
  type Shows,
} from '../helpers/schema-edits';
import { adminPerson, as, CONTACT, startStrapi, tick, type AdminPerson, type Running } from '../helpers/strapi';

const ARTICLE = 'api::article.article';
const TOPIC = 'api::topic.topic';
const ADDRESS = 'shared.address';
const VALUE = canary('note');

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

const edited = withChanges(() => schema);
const inAddress = (name: string) => `${name}” of the component “Address`;

type Refused = [what: string, edit: () => object, sentences: string[], actions: string[], onRecord: string];
const refused: Refused[] = [
  ['deleting the type', () => types(removed(CONTACT)), [DELETED], [`delete ${CONTACT}`], LOSES],
  [
    'deleting an attribute that is sealed',
    () => types(edited(CONTACT, { message: undefined })),
    [lost('message')],
    [`delete ${CONTACT}.message`],
    LOSES,
  ],
  [
    'leaving out an attribute that is plain',
    () => {
      const edit = edited(CONTACT);
      return types({ ...edit, attributes: edit.attributes.filter(({ name }) => name !== 'subject') });
    },
    [lost('subject')],
    [`delete ${CONTACT}.subject`],
    LOSES,
  ],
  [
    'renaming an attribute',
    () => types(edited(CONTACT, { message: undefined, words: { type: 'text', maxLength: 5000 } })),
    [lost('message')],
    [`delete ${CONTACT}.message`],
    LOSES,
  ],
  [
    'making a private attribute public',
    () => types(edited(CONTACT, { secret: { private: false } })),
    [changed('secret')],
    [`change ${CONTACT}.secret`],
    CHANGES,
  ],
  [
    'changing a type and a rule, with a harmless new attribute in the same save',
    () => types(edited(CONTACT, { message: { type: 'string' }, name: { maxLength: 20 }, note: { type: 'string' } })),
    [changed('name'), changed('message')],
    [`change ${CONTACT}.name`, `change ${CONTACT}.message`],
    CHANGES,
  ],
  [
    'translation',
    () => types(edited(CONTACT, {}, { pluginOptions: { i18n: { localized: true } } })),
    ['The setting for translation would be changed for 3 submissions to “Contact form”.'],
    [`translate ${CONTACT}`],
    CHANGES,
  ],
  [
    'drafts',
    () => types(edited(CONTACT, {}, { draftAndPublish: true })),
    ['The setting for draft and publish would be changed for 3 submissions to “Contact form”.'],
    [`draft and publish ${CONTACT}`],
    CHANGES,
  ],
  [
    'a relation from another type',
    () => types(edited(ARTICLE, { contact: relation('oneToOne', CONTACT) })),
    [opened('“Article”')],
    [`relate ${ARTICLE}.contact`],
    'let whoever may read “Article” read submissions',
  ],
  [
    'a relation from another type, with its other side',
    () => types(edited(ARTICLE, { contacts: relation('oneToMany', CONTACT, { targetAttribute: 'article' }) })),
    [opened('“Article”')],
    [`relate ${ARTICLE}.contacts`],
    'let whoever may read “Article” read submissions',
  ],
  [
    'a relation to another type, with its other side',
    () => types(edited(CONTACT, { article: relation('manyToOne', ARTICLE, { targetAttribute: 'contacts' }) })),
    [opened('“Article”')],
    [`relate ${ARTICLE}.contacts`],
    'let whoever may read “Article” read submissions',
  ],
  [
    'a relation to whatever type',
    () => types(edited(ARTICLE, { anything: { type: 'relation', relation: 'morphToMany' } })),
    [opened('“Article”')],
    [`relate ${ARTICLE}.anything`],
    'let whoever may read “Article” read submissions',
  ],
  [
    'a relation that is renamed, and so is its other side',
    () => types(edited(TOPIC, { contacts: undefined, people: relation('oneToMany', CONTACT, { targetAttribute: 'about' }) })),
    [lost('topic'), opened('“Topic”')],
    [`delete ${CONTACT}.topic`, `relate ${TOPIC}.people`],
    LOSES,
  ],
  [
    'deleting the other side of a relation',
    () => types(edited(TOPIC, { contacts: undefined })),
    [lost('topic')],
    [`delete ${CONTACT}.topic`],
    LOSES,
  ],
  ['deleting a type that submissions point at', () => types(removed(TOPIC)), [lost('topic')], [`delete ${CONTACT}.topic`], LOSES],
  [
    'a relation from a component',
    () => components(edited('shelf.quote', { contact: relation('oneToOne', CONTACT) })),
    [opened('what holds the component “Quote”')],
    ['relate shelf.quote.contact'],
    'let whoever may read what holds the component “Quote” read submissions',
  ],
  [
    'a new component with a relation, and a new type that holds it',
    () => ({
      components: [
        {
          action: 'create',
          uid: 'shelf.sender',
          displayName: 'Sender',
          category: 'shelf',
          attributes: [{ action: 'create', name: 'contact', properties: relation('oneToMany', CONTACT) }],
        },
      ],
      contentTypes: [
        {
          action: 'create',
          uid: 'api::page.page',
          displayName: 'Page',
          singularName: 'page',
          pluralName: 'pages',
          kind: 'collectionType',
          draftAndPublish: false,
          attributes: [
            { action: 'create', name: 'zone', properties: { type: 'dynamiczone', components: ['shelf.quote', 'shelf.sender'] } },
          ],
        },
      ],
    }),
    [opened('“Page”'), opened('what holds the component “Sender”')],
    ['relate api::page.page.zone', 'relate shelf.sender.contact'],
    'let whoever may read “Page” read submissions',
  ],
  [
    'deleting a component that submissions hold',
    () => components(removed(ADDRESS)),
    [lost('address'), lost('children')],
    [`delete ${CONTACT}.address`, `delete ${CONTACT}.children`],
    LOSES,
  ],
  [
    'changing and deleting attributes of a component that submissions hold',
    () => components(edited(ADDRESS, { street: { required: false }, city: undefined })),
    [changed(inAddress('street')), lost(inAddress('city'))],
    [`change ${ADDRESS}.street`, `delete ${ADDRESS}.city`],
    `${CHANGES} and to ${LOSES}`,
  ],
  [
    'moving a component that submissions hold',
    () => components({ ...edited(ADDRESS), category: 'people' }),
    [changed('address'), changed('children')],
    [`change ${CONTACT}.address`, `change ${CONTACT}.children`],
    CHANGES,
  ],
  [
    'several things in one save',
    () => ({
      ...types(edited(CONTACT, { email: undefined }), edited(ARTICLE, { contact: relation('oneToOne', CONTACT) })),
    }),
    [lost('email'), opened('“Article”')],
    [`delete ${CONTACT}.email`, `relate ${ARTICLE}.contact`],
    LOSES,
  ],
];

const update = (edit: object): Promise<unknown> =>
  (
    running.strapi.plugin('content-type-builder').service('schema') as { updateSchema(edit: object): Promise<unknown> }
  ).updateSchema(edit);

describe.each(refused)('%s', (_what, edit, sentences, actions, onRecord) => {
  const expected = { sentences, actions, onRecord };
  test('is refused on the screen', () =>
    expectRefusedByHttp(
      running,
      boss,
      own.files,
      () => as(running, boss).post('/content-type-builder/update-schema', { data: edit() }),
      expected,
    ));
  test('is refused from code', () => expectRefusedInCode(running, boss, own.files, () => update(edit()), expected));
});

test('making it a single type is refused', () =>
  expectRefusedInCode(running, boss, own.files, () => update(types(edited(CONTACT, {}, { kind: 'singleType' }))), {
    sentences: ['The kind of the type (one entry instead of many) would be changed for 3 submissions to “Contact form”.'],
    actions: [`make single ${CONTACT}`],
    onRecord: CHANGES,
  }));

test('nobody who may not edit types learns a number', async () => {
  const data = types(removed(CONTACT));
  const { text } = await running.http.post('/content-type-builder/update-schema').send({ data }).expect(401);
  const editor = await adminPerson(running.strapi, 'Eddie');
  const answer = await as(running, editor).post('/content-type-builder/update-schema', { data }).expect(403);
  expect(text + answer.text).not.toContain('submissions');
});

test('everything else is saved, as it was asked for, and a new attribute of a wrapped type is sealed', async () => {
  const contactFile = 'api/contact/content-types/contact/schema.json';
  const before = own.schema(contactFile);
  const data = {
    contentTypes: [
      edited(CONTACT, { note: { type: 'string' }, article: relation('manyToOne', ARTICLE) }),
      edited(ARTICLE, { body: undefined, text: { type: 'text' }, topic: relation('oneToOne', TOPIC) }, { draftAndPublish: true }),
      edited(TOPIC, { title: { maxLength: 50 } }),
      edited('api::book.book', { summary: undefined, sections: { components: ['shelf.quote', ADDRESS] } }),
    ],
    components: [edited(ADDRESS, { country: { type: 'string' } }), edited('shelf.quote', { topic: relation('oneToOne', TOPIC) })],
  };
  await as(running, boss).post('/content-type-builder/update-schema', { data }).expect(200);
  const { attributes } = own.schema(contactFile);
  const { note, article, ...kept } = attributes;
  expect(kept).toEqual(before.attributes);
  expect([note, article]).toEqual([{ type: 'string' }, expect.objectContaining({ target: ARTICLE })]);
  expect(own.schema('api/article/content-types/article/schema.json').attributes).not.toHaveProperty('body');
  expect(own.schema('api/topic/content-types/topic/schema.json').attributes).toMatchObject({
    title: { maxLength: 50 },
    contacts: { target: CONTACT, mappedBy: 'topic' },
  });
  expect(own.schema('components/shared/address.json').attributes).toHaveProperty('country');

  running = await running.again({ app: own.app });
  await tick(running.strapi, `${CONTACT}.create`);
  const sent = { name: 'Eve', email: 'eve@example.org', note: VALUE };
  const { body } = await running.http.post('/api/contacts').send({ data: sent }).expect(201);
  const { reference } = (body as { data: { reference: string } }).data;
  const row = await running.strapi.db.connection('contacts').where({ document_id: reference }).first();
  expect(row).toMatchObject({ note: null });
  expect(await wholeDatabase(running.strapi)).not.toContain(VALUE);
});

test('without a wrapped type nothing is refused', async () => {
  running = await running.again({ app: own.app, config: {} });
  const data = types(edited(ARTICLE, { contact: relation('oneToOne', CONTACT) }), edited(CONTACT, { message: undefined }));
  await as(running, boss).post('/content-type-builder/update-schema', { data }).expect(200);
});

/** The content manager: what an editor does all day, on types that nobody protects. */
import type { World } from './world';

const COLLECTION = '/content-manager/collection-types';
const BOOK = 'api::book.book';
const AUTHOR = 'api::author.author';
const ARTICLE = 'api::article.article';
const TOPIC = 'api::topic.topic';

/** As the screen sends them: how a field is called, for forms and for lists. */
const METADATAS = Object.fromEntries(
  ['title', 'body'].map((name) => [name, { edit: { label: name, editable: true }, list: { label: name, sortable: true } }]),
);

const book = (title: string, more: object = {}) => ({ title, slug: title.toLowerCase().replaceAll(/[^a-z]+/g, '-'), ...more });

export const visitScreens = async (world: World): Promise<void> => {
  const boss = world.in('content manager', world.boss);
  await boss('GET /content-manager/init');
  await boss('GET /content-manager/content-types');
  await boss('GET /content-manager/content-types-settings');
  await boss('GET /content-manager/components');
  for (const uid of [BOOK, AUTHOR, ARTICLE, TOPIC, 'api::about.about']) {
    await boss(`GET /content-manager/content-types/${uid}/configuration`);
  }
  const { body } = await boss(`GET /content-manager/content-types/${ARTICLE}/configuration`);
  const { settings, layouts } = (body as { data: { contentType: Record<string, object> } }).data.contentType;
  await boss(`PUT /content-manager/content-types/${ARTICLE}/configuration`, {
    body: { settings: { ...settings, pageSize: 20 }, layouts, metadatas: METADATAS },
  });
  await boss('GET /content-manager/components/shelf.quote/configuration');
  await boss('GET /content-manager/content-types/api::nothing.nothing/configuration', { is: 404 });
  const editor = world.in('content manager', world.editor);
  await editor('GET /content-manager/init');
  await world.in('content manager')('GET /content-manager/init', { is: 401 });
};

export const visitEntries = async (world: World): Promise<void> => {
  const boss = world.in('content manager', world.boss);
  const editor = world.in('content manager', world.editor);
  world.author = (await boss(`POST ${COLLECTION}/${AUTHOR}`, { body: { name: 'Anna Seghers' }, is: 201 })).at('data.documentId');
  const second = await editor(`POST ${COLLECTION}/${AUTHOR}`, {
    body: { name: 'Kurt Tucholsky', email: 'kurt@example.org' },
    is: 201,
  });
  await boss(`POST ${COLLECTION}/${AUTHOR}`, { body: { name: 'Kurt', email: 'kurt@example.org' }, is: 400 });
  await boss(`POST ${COLLECTION}/${AUTHOR}`, { body: {}, is: 400 });

  await boss('POST /content-manager/uid/generate', { body: { contentTypeUID: BOOK, field: 'slug', data: { title: 'Transit' } } });
  await boss('POST /content-manager/uid/check-availability', { body: { contentTypeUID: BOOK, field: 'slug', value: 'transit' } });
  const full = book('Transit', {
    isbn: '978-3',
    pages: 312,
    price: 12.5,
    released: '1944-01-01',
    genre: 'novel',
    summary: '# Marseille',
    extra: { prize: [1947, 'Büchner'] },
    note: 'not for the site',
    cover: Number(world.image),
    gallery: [Number(world.image), Number(world.text)],
    author: { connect: [{ documentId: world.author }] },
    imprint: { publisher: 'Weller', year: 1948 },
    editions: [{ publisher: 'Aufbau', year: 1951 }, { publisher: 'Luchterhand' }],
    sections: [
      { __component: 'shelf.quote', text: 'One does not wait for ever', by: { connect: [{ documentId: world.author }] } },
      { __component: 'shelf.imprint', publisher: 'Curt Weller' },
    ],
  });
  world.book = (await boss(`POST ${COLLECTION}/${BOOK}`, { body: full, is: 201 })).at('data.documentId');
  await boss('POST /content-manager/uid/check-availability', { body: { contentTypeUID: BOOK, field: 'slug', value: 'transit' } });
  await editor(`POST ${COLLECTION}/${BOOK}/${world.book}/actions/publish`, { body: full, is: 403 });
  await boss(`POST ${COLLECTION}/${BOOK}/${world.book}/actions/publish`, { body: full });
  const other = await boss(`POST ${COLLECTION}/${BOOK}/actions/publish`, { body: book('The Seventh Cross', { pages: 400 }) });
  world.otherBook = other.at('data.documentId');
  world.draftBook = (await editor(`POST ${COLLECTION}/${BOOK}`, { body: book('Unfinished'), is: 201 })).at('data.documentId');
  await editor(`PUT ${COLLECTION}/${BOOK}/${world.otherBook}`, {
    body: book('The Seventh Cross', { similar: { connect: [{ documentId: world.book }] }, pages: 401 }),
  });
  await editor(`PUT ${COLLECTION}/${BOOK}/${world.book}`, { body: { pages: 'many' }, is: 400 });
  await boss(`POST ${COLLECTION}/${BOOK}/actions/publish`, { body: book('Empty', { pages: 0 }), is: 400 });
  await boss(`PUT ${COLLECTION}/${BOOK}/${world.book}?locale=fr`, { body: book('Transit en français') });
  await boss(`POST ${COLLECTION}/${BOOK}/${world.book}/actions/publish?locale=fr`, { body: book('Transit en français') });

  for (const query of [
    'page=1&pageSize=10&sort=title:ASC',
    'page=1&pageSize=1&sort=title:DESC',
    '_q=cross',
    'filters[$and][0][pages][$gt]=312',
    `filters[$and][0][author][documentId][$eq]=${world.author}`,
    'filters[$and][0][imprint][publisher][$contains]=Wel',
    'status=published',
  ]) {
    await editor(`GET ${COLLECTION}/${BOOK}?${query}`);
  }
  await editor(`GET ${COLLECTION}/${BOOK}/${world.book}`);
  await editor(`GET ${COLLECTION}/${BOOK}/${world.book}?status=published`);
  await boss(`GET ${COLLECTION}/${BOOK}?locale=fr`);
  await boss(`GET ${COLLECTION}/${BOOK}/${world.book}?locale=fr`);
  // An editor's rights were made when there was no French.
  await editor(`GET ${COLLECTION}/${BOOK}/${world.book}?locale=fr`, { is: 403 });
  await editor(`GET ${COLLECTION}/${BOOK}/${world.book}/actions/countDraftRelations`);
  await editor(`GET ${COLLECTION}/${BOOK}/abcdefghijklmnopqrstuvwx`, { is: 404 });
  await boss(`POST ${COLLECTION}/${BOOK}/${world.otherBook}/actions/unpublish`, { body: {} });
  await boss(`POST ${COLLECTION}/${BOOK}/actions/bulkPublish`, { body: { documentIds: [world.otherBook] } });
  await boss(`POST ${COLLECTION}/${BOOK}/${world.otherBook}/actions/discard`, { body: {} });
  const clone = await editor(`POST ${COLLECTION}/${BOOK}/clone/${world.draftBook}`, { body: book('Unfinished twice') });
  await boss(`DELETE ${COLLECTION}/${BOOK}/${clone.at('data.documentId')}?locale=*`);
  await editor(`POST ${COLLECTION}/${AUTHOR}/auto-clone/${second.at('data.documentId')}`, { is: 400 });
  const third = await editor(`POST ${COLLECTION}/${AUTHOR}`, { body: { name: 'Nobody' }, is: 201 });
  await editor(`POST ${COLLECTION}/${AUTHOR}/actions/bulkDelete`, { body: { documentIds: [third.at('data.documentId')] } });
  await editor(`GET ${COLLECTION}/${AUTHOR}?sort=name:ASC`);
  await editor(`GET ${COLLECTION}/api::nothing.nothing`, { is: 403 });

  const writer = world.in('content manager', world.writer);
  const article = await writer(`POST ${COLLECTION}/${ARTICLE}`, { body: { title: 'On translation', body: 'Text' }, is: 201 });
  world.article = article.at('data.documentId');
  await writer(`PUT ${COLLECTION}/${ARTICLE}/${world.article}`, { body: { title: 'On translating', body: 'not allowed' } });
  await writer(`GET ${COLLECTION}/${ARTICLE}`);
  await writer(`POST ${COLLECTION}/${ARTICLE}/${world.article}/actions/publish`, { body: {}, is: 403 });
  await writer(`GET ${COLLECTION}/${BOOK}`, { is: 403 });
  await boss(`POST ${COLLECTION}/${ARTICLE}/${world.article}/actions/publish`, { body: {} });
  await boss(`GET ${COLLECTION}/${ARTICLE}`);

  await boss('PUT /content-manager/single-types/api::about.about', { body: { title: 'About us', text: 'We' } });
  await boss('GET /content-manager/single-types/api::about.about');
};

/** The lists in which an editor looks for something to link to. */
export const visitPickers = async (world: World): Promise<void> => {
  const editor = world.in('relation pickers', world.editor);
  const relations = '/content-manager/relations';
  await editor(`GET ${relations}/${BOOK}/author?pageSize=10&page=1`);
  await editor(`GET ${relations}/${BOOK}/author?_q=kurt&pageSize=10`);
  await editor(`GET ${relations}/${BOOK}/author?id=${world.book}&idsToOmit[0]=${world.author}`);
  await editor(`GET ${relations}/${BOOK}/similar?id=${world.book}&locale=en`);
  await editor(`GET ${relations}/${BOOK}/${world.book}/author`);
  await editor(`GET ${relations}/${BOOK}/${world.otherBook}/similar?page=1&pageSize=5`);
  await editor(`GET ${relations}/${AUTHOR}/books?pageSize=10`);
  await editor(`GET ${relations}/${AUTHOR}/${world.author}/books`);
  await editor(`GET ${relations}/shelf.quote/by?pageSize=10`);
  await editor(`GET ${relations}/${BOOK}/nothing`, { is: 400 });
  // Strapi 5.54 means 403 and falls over its own answer.
  await world.in('relation pickers', world.writer)(`GET ${relations}/${BOOK}/author`, { is: 500 });
};

export const visitHomePage = async (world: World): Promise<void> => {
  for (const token of [world.boss, world.editor]) {
    const person = world.in('home page', token);
    await person('GET /content-manager/homepage/recent-documents?action=update');
    await person('GET /content-manager/homepage/recent-documents?action=publish');
    await person('GET /content-manager/homepage/count-documents');
    await person('GET /admin/homepage/key-statistics');
    await person('GET /admin/homepage/layout');
  }
  await world.in('home page')('GET /admin/homepage/key-statistics', { is: 401 });
};

/** The type beside the protected one: its own fields are the site's as before. */
export const visitNeighbour = async (world: World): Promise<void> => {
  const editor = world.in('neighbour of the protected type', world.editor);
  world.topic = (await editor(`POST ${COLLECTION}/${TOPIC}`, { body: { title: 'Police' }, is: 201 })).at('data.documentId');
  await editor(`PUT ${COLLECTION}/${TOPIC}/${world.topic}`, { body: { title: 'The police' } });
  await editor(`GET ${COLLECTION}/${TOPIC}`);
  await editor(`GET ${COLLECTION}/${TOPIC}/${world.topic}`);
  const gone = await editor(`POST ${COLLECTION}/${TOPIC}`, { body: { title: 'Gone' }, is: 201 });
  await editor(`DELETE ${COLLECTION}/${TOPIC}/${gone.at('data.documentId')}`);
  const stranger = world.in('neighbour of the protected type');
  await stranger('POST /api/contacts', {
    body: { data: { name: 'Somebody', email: 'somebody@example.org', topic: world.topic } },
    is: 201,
  });
  await stranger('GET /api/topics');
  await stranger(`GET /api/topics/${world.topic}?fields[0]=title`);
  await stranger('GET /api/topics?populate=*');
  await stranger('GET /api/topics?filters[title][$startsWith]=The&sort=title');
};

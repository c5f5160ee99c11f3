/** GraphQL on the site's own types: what can be asked for, what comes, and how mistakes are answered. */
import type { World } from './world';

const TYPES = [
  'Book',
  'BookInput',
  'BookFiltersInput',
  'BookSectionsDynamicZone',
  'Author',
  'Article',
  'ArticleInput',
  'Topic',
  'TopicInput',
  'TopicFiltersInput',
  'About',
  'UploadFile',
  'UsersPermissionsMe',
  'Query',
  'Mutation',
  'GenericMorph',
];

export const visitGraphql = async (world: World): Promise<void> => {
  const stranger = world.in('graphql');
  const ask = (query: string, called: string, variables: object = {}, is = 200) =>
    stranger('POST /graphql', { body: { query, variables }, called: `POST /graphql ${called}`, is });
  await ask('{ books(sort: "title") { documentId title pages genre locale } }', 'books');
  await ask(
    `{ books(filters: { author: { name: { startsWith: "Anna" } } }) {
         title author { name books(sort: "title") { title } } cover { url mime } gallery { name }
         imprint { publisher year } editions { publisher }
         sections { __typename ... on ComponentShelfQuote { text by { name } } ... on ComponentShelfImprint { publisher } }
         similar { title } localizations { locale title } } }`,
    'books with all that hangs on them',
  );
  await ask(
    '{ books_connection(pagination: { page: 1, pageSize: 1 }, sort: "title") { nodes { title } pageInfo { total pageCount } } }',
    'books, a page',
  );
  await ask('query ($id: ID!) { book(documentId: $id, locale: "fr") { title locale } }', 'a book in French', { id: world.book });
  await ask('query ($id: ID!) { book(documentId: $id) { nothing } }', 'a field that is not there', { id: world.book }, 400);
  await ask('{ books(filters: { note: { contains: "site" } }) { title } }', 'a private field', {}, 400);
  await ask('{ authors(sort: "name") { name books(sort: "title") { title } } }', 'authors');
  await ask('{ articles { title } about { title } i18NLocales { code } }', 'several');
  await ask('{ topics { documentId title } }', 'topics');
  await ask('{ usersPermissionsRoles { name } }', 'not allowed');
  const made = await ask(
    'mutation ($data: BookInput!) { createBook(data: $data) { documentId title pages author { name } } }',
    'create',
    { data: { title: 'Over GraphQL', pages: 7, author: world.author } },
  );
  const id = made.at('data.createBook.documentId');
  await ask('mutation ($id: ID!) { updateBook(documentId: $id, data: { pages: 8 }) { title pages } }', 'update', { id });
  await ask('mutation ($id: ID!) { updateBook(documentId: $id, data: { pages: 0 }) { title } }', 'update that does not fit', {
    id,
  });
  await ask('mutation { createAuthor(data: { name: "No" }) { name } }', 'create, not allowed');
  await ask('mutation ($id: ID!) { deleteBook(documentId: $id) { documentId } }', 'delete', { id });
  for (const name of TYPES) {
    await ask(
      `{ __type(name: "${name}") { name kind
           fields { name args { name type { ...shape } } type { ...shape } } inputFields { name type { ...shape } }
           possibleTypes { name } } }
       fragment shape on __Type { name kind ofType { name kind ofType { name kind } } }`,
      `what there is of ${name}`,
    );
  }
  await ask('{ __schema { types { name } } }', 'names of all types');
};

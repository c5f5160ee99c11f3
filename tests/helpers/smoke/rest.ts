/** The site's own REST interface, as strangers, members and tokens use it. */
import type { World } from './world';

const LISTS = [
  'sort=title',
  'sort[0]=pages:desc&sort[1]=title:asc',
  'fields[0]=title&fields[1]=pages',
  'filters[title][$eq]=Transit',
  'filters[pages][$gte]=312&sort=pages',
  'filters[$or][0][title][$containsi]=TRANSIT&filters[$or][1][genre][$eq]=essay',
  'filters[author][name][$startsWith]=Anna',
  'filters[editions][year][$lt]=1960',
  'filters[inPrint][$eq]=true&sort=title:desc',
  'pagination[page]=1&pagination[pageSize]=1&sort=title',
  'pagination[start]=1&pagination[limit]=1&sort=title',
  'pagination[withCount]=false&sort=title',
  'populate=*&sort=title',
  'populate[author][fields][0]=name&populate[cover][fields][0]=url&sort=title',
  'populate[sections][on][shelf.quote][populate][by]=true&sort=title',
  'populate[sections][populate]=*&populate[editions]=true&sort=title',
  'populate[similar][populate][author]=true&sort=title',
  'locale=fr',
  'locale=*&sort=title',
  'status=draft&sort=title',
  '_q=cross',
];
const REFUSED_LISTS = [
  'filters[note][$contains]=site',
  'filters[nothing][$eq]=1',
  'sort=nothing',
  'populate=nothing',
  'filters[author][email][$startsWith]=k',
  'pagination[page]=no',
];

export const visitRest = async (world: World): Promise<void> => {
  const stranger = world.in('rest');
  await stranger('GET /_health', { is: 204 });
  await stranger('GET /api/books');
  for (const query of LISTS) await stranger(`GET /api/books?${query}`);
  for (const query of REFUSED_LISTS) await stranger(`GET /api/books?${query}`, { is: 400 });
  await stranger(`GET /api/books/${world.book}`);
  await stranger(`GET /api/books/${world.book}?populate[author][populate][books][fields][0]=title&locale=fr`);
  await stranger('GET /api/books/abcdefghijklmnopqrstuvwx', { is: 404 });
  await stranger('GET /api/nothing', { is: 404 });
  await stranger('GET /api/authors?populate=books&sort=name');
  await stranger('GET /api/authors?filters[books][title][$contains]=Tran');
  await stranger('GET /api/articles?sort=title');
  await stranger('GET /api/about');
  await stranger('DELETE /api/about', { is: 403 });
  await stranger('OPTIONS /api/books', {
    headers: { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' },
    is: 204,
  });
  await stranger('HEAD /api/books');
  await stranger('PATCH /api/books', { is: 405 });

  const made = await stranger('POST /api/books', {
    body: { data: { title: 'Sent in', isbn: '978-4', genre: 'essay', author: world.author, imprint: { publisher: 'Self' } } },
    is: 201,
  });
  const id = made.at('data.documentId');
  await stranger('POST /api/books?populate=*&status=draft', {
    body: { data: { title: 'Sent as a draft', sections: [{ __component: 'shelf.quote', text: 'Hm' }] } },
    is: 201,
  });
  await stranger('POST /api/books', { body: { data: { title: 'Again', isbn: '978-4' } }, is: 400 });
  await stranger('POST /api/books', { body: { data: { pages: 3 } }, is: 400 });
  await stranger('POST /api/books', { body: { data: { title: 'Strange', nothing: 1 } }, is: 400 });
  await stranger('POST /api/books', { body: { title: 'No data' }, is: 400 });
  await stranger(`PUT /api/books/${id}?populate=author`, { body: { data: { pages: 12, author: null } } });
  await stranger(`PUT /api/books/${id}?locale=fr`, { body: { data: { title: 'Envoyé' } } });
  await stranger(`PUT /api/books/${id}`, { body: { data: { genre: 'song' } }, is: 400 });
  await stranger(`DELETE /api/books/${id}`, { is: 204 });
  await stranger(`GET /api/books/${id}`, { is: 404 });
  await stranger('POST /api/authors', { body: { data: { name: 'Not allowed' } }, is: 403 });
  await stranger('POST /api/articles', { body: { data: { title: 'Not allowed' } }, is: 403 });
  await world.in('rest', world.member)('GET /api/books?sort=title', { is: 403 });
  await world.in('rest', 'not-a-token')('GET /api/books', { is: 401 });
};

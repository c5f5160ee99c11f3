/** The media library and the files themselves. */
import type { World } from './world';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const file = (name: string, content: Buffer | string, type: string, more: Record<string, string> = {}): FormData => {
  const form = new FormData();
  form.append('files', new Blob([new Uint8Array(Buffer.from(content))], { type }), name);
  for (const [key, value] of Object.entries(more)) form.append(key, value);
  return form;
};

export const visitMediaLibrary = async (world: World): Promise<void> => {
  const editor = world.in('media library', world.editor);
  const folder = (await editor('POST /upload/folders', { body: { name: 'Covers' }, is: 201 })).at('data.id');
  await editor('POST /upload/folders', { body: { name: 'Covers' }, is: 400 });
  await editor('POST /upload/folders', { body: { name: 'Old covers', parent: Number(folder) }, is: 201 });
  await editor('GET /upload/folders');
  await editor(`GET /upload/folders/${folder}?populate=parent`);
  await editor('GET /upload/folder-structure');
  const info = JSON.stringify({ name: 'pixel.png', alternativeText: 'A dot', caption: null, folder: Number(folder) });
  const image = await editor('POST /upload', { form: file('pixel.png', PIXEL, 'image/png', { fileInfo: info }), is: 201 });
  world.image = image.at('[0].id');
  const text = await editor('POST /upload', { form: file('notes.txt', 'Some notes', 'text/plain'), is: 201 });
  world.text = text.at('[0].id');
  const single = await editor('POST /upload/files', { form: file('single.txt', 'Single', 'text/plain'), is: 201 });
  await editor('POST /upload', { form: new FormData(), is: 400 });
  await editor('GET /upload/files?sort=name:ASC&page=1&pageSize=10');
  await editor(`GET /upload/files?filters[$and][0][folder][id][$eq]=${folder}`);
  await editor('GET /upload/files?_q=notes');
  await editor('GET /upload/files?filters[$and][0][mime][$contains]=image&sort=createdAt:DESC');
  await editor(`GET /upload/files/${world.image}`);
  await editor(`POST /upload?id=${world.text}`, {
    form: (() => {
      const form = new FormData();
      form.append(
        'fileInfo',
        JSON.stringify({ name: 'renamed.txt', alternativeText: 'Notes', caption: 'Notes of a day', folder: null }),
      );
      return form;
    })(),
  });
  const replaced = await editor(`POST /upload?id=${world.text}`, { form: file('notes.txt', 'Other notes', 'text/plain') });
  const address = replaced.at('url');
  const stranger = world.in('media library');
  await stranger(`GET ${address}`);
  await stranger(`HEAD ${address}`);
  await stranger(`GET ${image.at('[0].url')}`);
  await stranger('GET /uploads/nothing.txt', { is: 404 });
  await editor('POST /upload/actions/bulk-move', {
    body: { fileIds: [Number(single.at('id'))], destinationFolderId: Number(folder) },
  });
  await editor(`GET /upload/folders/${folder}?populate[files][count]=true`);
  await editor(`DELETE /upload/files/${single.at('id')}`);
  await stranger(`GET ${single.at('url')}`, { is: 404 });
  await editor('GET /upload/files/999', { is: 404 });
  const boss = world.in('media library', world.boss);
  await boss('GET /upload/settings');
  await boss('PUT /upload/settings', {
    body: { sizeOptimization: true, responsiveDimensions: false, autoOrientation: false, aiMetadata: false },
  });
  await boss('GET /upload/configuration');
  await stranger('GET /upload/files', { is: 401 });
  await world.in('media library', world.writer)('POST /upload', { form: file('no.txt', 'No', 'text/plain'), is: 403 });
};

/** Files through the site's own interface. */
export const visitUploads = async (world: World): Promise<void> => {
  const stranger = world.in('upload over rest');
  const sent = await stranger('POST /api/upload', { form: file('sent.txt', 'Sent', 'text/plain'), is: 201 });
  const linked = file('linked.txt', 'Linked', 'text/plain', { ref: 'api::book.book', refId: world.book, field: 'gallery' });
  await stranger('POST /api/upload', { form: linked, is: 201 });
  await stranger('POST /api/upload', { form: new FormData(), is: 400 });
  await stranger('GET /api/upload/files?sort=name');
  await stranger('GET /api/upload/files?filters[name][$contains]=sent&populate=*');
  await stranger('GET /api/upload/files/page?pagination[pageSize]=1&sort=name');
  await stranger(`GET /api/upload/files/${sent.at('[0].id')}`);
  await stranger(`GET ${sent.at('[0].url')}`);
  await stranger(`DELETE /api/upload/files/${sent.at('[0].id')}`);
  await stranger('GET /api/upload/files/999', { is: 404 });
};

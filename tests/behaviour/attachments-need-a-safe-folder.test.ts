/** A folder for attachments that everyone could read from, or nobody could write to, stops the boot; so do files that cannot be sealed. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { APPLICATION } from '../helpers/attachments';
import { makeOwnApp } from '../helpers/own-app';
import { APP, startStrapi } from '../helpers/strapi';

let base: string;
beforeAll(() => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-folder-'));
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

const PUBLIC = path.join(APP, 'public');
const stops = (attachments: object, sentence: RegExp): Promise<void> =>
  expect(startStrapi({ config: { attachments } })).rejects.toThrow(sentence);

describe('The folder', () => {
  test.each([
    ['the public folder itself', PUBLIC],
    ['inside of it', path.join(PUBLIC, 'uploads', 'sealed')],
    ['inside of it, named from the app', 'public/x'],
    ['inside of it, by a detour', path.join(APP, 'src', '..', 'public', 'x')],
  ])('%s', async (_what, folder) => {
    await stops({ folder }, /attachments\.folder: ".*" lies in the public folder of the site.*Choose one outside/s);
    expect(fs.readdirSync(PUBLIC)).toEqual(['uploads']);
    expect(fs.readdirSync(path.join(PUBLIC, 'uploads'))).toEqual(['.gitkeep']);
  });

  test('inside of the public one, through a link', async () => {
    const link = path.join(base, 'link');
    fs.symlinkSync(path.join(PUBLIC, 'uploads'), link);
    await stops({ folder: link }, /lies in the public folder/);
    fs.rmSync(link);
  });

  test('below a file', async () => {
    fs.writeFileSync(path.join(base, 'file'), '');
    await stops(
      { folder: path.join(base, 'file', 'sealed') },
      /cannot be written by this process \(ENOTDIR\).*name another folder/s,
    );
  });

  test('that cannot be written', async () => {
    await stops({ folder: '/sys/form-guard' }, /cannot be written by this process/);
  });

  test('beside the public one, with a name that begins alike, is as good as any', async () => {
    const folder = path.join(base, 'public-not');
    const running = await startStrapi({ config: { attachments: { folder } } });
    expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
    expect(fs.readFileSync(path.join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    expect(fs.readdirSync(folder)).toEqual(['.gitignore']);
    await running.stop();
  });
});

describe('The options', () => {
  test.each([
    ['a misspelt one', { foldr: 'x' }, /attachments has an option that does not exist: foldr/],
    ['no size', { maxBytes: 0 }, /attachments\.maxBytes must be at least 1/],
    ['a size in words', { maxBytes: '20 MB' }, /attachments\.maxBytes must be a number/],
    ['half a file', { maxFiles: 1.5 }, /attachments\.maxFiles must be a whole number/],
    ['a million files', { maxFiles: 1_000_000 }, /attachments\.maxFiles must be at most 100/],
    ['no folder', { folder: '' }, /attachments\.folder must name a folder/],
  ])('%s', (_what, attachments, sentence) => stops(attachments, sentence));
});

describe('Media attributes', () => {
  test('inside a component cannot be sealed, and listing them as plain is the way out', async () => {
    const own = makeOwnApp();
    const component = path.join(own.app, 'src/components/shared/address.json');
    const schema = JSON.parse(fs.readFileSync(component, 'utf8')) as { attributes: Record<string, unknown> };
    schema.attributes.photo = { type: 'media', multiple: false };
    fs.writeFileSync(component, JSON.stringify(schema));
    const contact = 'api::contact.contact';
    const boot = (plain: string[]) => startStrapi({ app: own.app, config: { protect: { [contact]: { plain } } } });
    await expect(boot(['topic'])).rejects.toThrow(
      /"address\.photo" holds files inside a component.*Move it out.*list "address" in plain/s,
    );
    await (await boot(['address', 'children', 'topic'])).stop();
    own.remove();
  });

  test('cannot be searched', async () => {
    const config = { protect: { [APPLICATION]: { search: ['cv'] } } };
    await expect(startStrapi({ config })).rejects.toThrow(/"cv" holds files, which cannot be searched: take it out of search/);
  });

  test('that are listed as plain stay with the media library', async () => {
    const running = await startStrapi({ config: { protect: { [APPLICATION]: { plain: ['cv', 'photos', 'other'] } } } });
    const { attributes } = running.strapi.contentType(APPLICATION as never) as { attributes: Record<string, { type: string }> };
    expect(attributes.cv?.type).toBe('media');
    await running.stop();
  });

  test('that are sealed have no way to the media library left', async () => {
    const running = await startStrapi({ config: { protect: { [APPLICATION]: {} } } });
    const { attributes } = running.strapi.contentType(APPLICATION as never) as { attributes: Record<string, object> };
    for (const name of ['cv', 'photos', 'other'])
      expect(attributes[name]).toMatchObject({ type: 'json', private: true, searchable: false });
    expect(Object.keys(running.strapi.db.metadata.get(APPLICATION).attributes.cv ?? {})).not.toContain('relation');
    await running.stop();
  });
});

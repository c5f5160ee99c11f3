/** What does not fit stops the boot, with a sentence that says what to change and holds no key. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { adminPerson, as, APP, COMPLAINT, CONTACT, startStrapi, type Running } from '../helpers/strapi';
import { makeDatabase } from '../helpers/database';
import { bootToEnd, serve } from '../helpers/process';

const key = (): string => randomBytes(32).toString('base64');

describe('Config', () => {
  const wrong: [string, object, RegExp][] = [
    ['a misspelt option', { protekt: {} }, /option that does not exist: protekt/],
    [
      'a misspelt option of a type',
      { protect: { [CONTACT]: { plane: [] } } },
      /protect\["api::contact\.contact"\] has an option that does not exist: plane/,
    ],
    ['plain that is no list', { protect: { [CONTACT]: { plain: 'subject' } } }, /plain must be a list of names/],
    ['a type that is only switched on', { protect: { [CONTACT]: true } }, /\["api::contact\.contact"\] must be an object/],
    [
      'accounts, which Strapi looks up by their values',
      { protect: { 'plugin::users-permissions.user': {} } },
      /protect\["plugin::users-permissions\.user"\]: it belongs to a plugin of Strapi itself/,
    ],
    ['a UID that is none', { protect: { contact: {} } }, /UID looks like/],
    ['a type that does not exist', { protect: { 'api::contakt.contakt': {} } }, /no such content type.*"api::contact\.contact"/s],
    ['an attribute that does not exist', { protect: { [CONTACT]: { plain: ['topik'] } } }, /plain lists "topik".*"topic"/s],
    ['a search that does not exist', { protect: { [CONTACT]: { search: ['mail'] } } }, /search lists "mail".*"email"/s],
    [
      'plain and searched',
      { protect: { [CONTACT]: { plain: ['email'], search: ['email'] } } },
      /"email" is listed in plain and in search/,
    ],
    [
      'a renaming that says nothing',
      { protect: { [CONTACT]: { renamed: { mail: 1 } } } },
      /protect\["api::contact\.contact"\]\.renamed names attributes, before and after/,
    ],
    ['a renaming in a list', { protect: { [CONTACT]: { renamed: ['mail'] } } }, /renamed names attributes, before and after/],
    [
      'a renaming of what no attribute can be called',
      { protect: { [CONTACT]: { renamed: { _sender: 'name' } } } },
      /renamed names attributes, before and after/,
    ],
    [
      'renamed to what is not there',
      { protect: { [CONTACT]: { renamed: { mail: 'emial' } } } },
      /renamed lists "emial".*"email"/s,
    ],
    [
      'renamed, and still there',
      { protect: { [CONTACT]: { renamed: { name: 'email' } } } },
      /"name" was renamed to "email", but the type has "name"/,
    ],
    [
      'renamed to what is plain',
      { protect: { [CONTACT]: { plain: ['subject'], renamed: { topick: 'subject' } } } },
      /"subject", which is in plain\. What was sealed as "topick" stays sealed/,
    ],
    [
      'two that were renamed to one',
      { protect: { [CONTACT]: { renamed: { mail: 'email', post: 'email' } } } },
      /makes one attribute, "email", of "mail", "post"/,
    ],
    [
      'a renaming in a circle',
      { protect: { [CONTACT]: { renamed: { mail: 'post', post: 'mail' } } } },
      /circle with "mail", "post"/,
    ],
    [
      'what is meant to be public and is not there',
      { meantToBePublic: { 'api::nothing.nothing': 'Published by law' } },
      /meantToBePublic\["api::nothing\.nothing"\]: there is no such content type/,
    ],
    ['what is public without a reason', { meantToBePublic: { [CONTACT]: ' - - - ' } }, /says why, in at least 5 letters/],
    [
      'what is protected and meant to be public',
      { meantToBePublic: { [CONTACT]: 'Published by law' }, protect: { [CONTACT]: {} } },
      /it stands under "protect" too/,
    ],
    [
      'a dangerous option that is neither on nor off',
      { unsafeEntryWebhooks: 'yes' },
      /"unsafeEntryWebhooks" must be true or false/,
    ],
  ];
  test.each(wrong)('%s', async (_what, config, sentence) => {
    await expect(startStrapi({ config })).rejects.toThrow(sentence);
  });
});

describe('Keys', () => {
  const secret = key();
  const production = async (keys: string | undefined) => {
    const database = await makeDatabase();
    const env = { ...database.env, NODE_ENV: 'production', TEST_FORM_GUARD: '{}', FORM_GUARD_KEYS: keys };
    const { code, said } = await bootToEnd(env);
    await database.remove();
    return { code, said };
  };
  const wrong: [string, string | undefined, RegExp][] = [
    ['missing', undefined, /FORM_GUARD_KEYS is not set.*form-guard keys new/s],
    ['empty', '', /not of the form id:key/],
    ['short', `k:${randomBytes(16).toString('base64')}`, /Key 1 in FORM_GUARD_KEYS is not the base64 text of exactly 32 bytes/],
    ['not base64', `k:${secret.slice(0, -3)}!!=`, /not the base64 text/],
    ['without an id', secret, /not of the form id:key/],
    ['with a strange id', `k.1:${secret}`, /has an id that is not/],
    ['the same id twice', `k:${secret},k:${key()}`, /Key 2 in FORM_GUARD_KEYS is there twice/],
    ['the same key twice', `k1:${secret},k2:${secret}`, /Key 2 in FORM_GUARD_KEYS is there twice/],
    ['zeros', `k:${Buffer.alloc(32).toString('base64')}`, /not random/],
  ];
  test.each(wrong)('%s, in production', async (_what, keys, sentence) => {
    const { code, said } = await production(keys);
    expect(code).toBe(1);
    expect(said).toMatch(sentence);
    expect(said).not.toContain(secret.slice(0, 20));
  });

  test('right, in production: it starts, and the key is not in its environment any more', async () => {
    const database = await makeDatabase();
    const served = await serve({
      ...database.env,
      NODE_ENV: 'production',
      TEST_FORM_GUARD: '{}',
      FORM_GUARD_KEYS: `k:${secret}`,
    });
    expect((await fetch(`http://127.0.0.1:${served.port}/_health`)).status).toBe(204);
    expect(served.said()).not.toContain(secret.slice(0, 20));
    await served.kill();
    await database.remove();
  });

  test('in development one is made, once, for its owner only, where git does not look', async () => {
    const folder = path.join(APP, '.form-guard');
    fs.rmSync(folder, { recursive: true, force: true });
    const database = await makeDatabase();
    const env = {
      ...database.env,
      NODE_ENV: 'development',
      TEST_FORM_GUARD: '{}',
      FORM_GUARD_KEYS: undefined,
      TEST_LOG_LEVEL: 'warn',
    };
    const first = await serve(env);
    await first.kill('SIGTERM');
    const file = path.join(folder, 'root.key');
    const text = fs.readFileSync(file, 'utf8').trim();
    expect(first.said()).toContain('made a key for development');
    expect(first.said()).not.toContain(text.split(':')[1]);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.readFileSync(path.join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    const second = await serve(env);
    await second.kill('SIGTERM');
    expect(fs.readFileSync(file, 'utf8').trim()).toBe(text);
    expect(second.said()).not.toContain('made a key');
    expect(second.said()).toContain('seals with a key for development');
    await database.remove();
  });

  test('that are not those of the vault', async () => {
    const database = await makeDatabase();
    const env = { ...database.env, TEST_FORM_GUARD: '{}' };
    const first = await serve({ ...env, FORM_GUARD_KEYS: `k1:${secret}` });
    await first.kill('SIGTERM');
    const unknown = await bootToEnd({ ...env, FORM_GUARD_KEYS: `k2:${key()}` });
    expect([unknown.code, unknown.said]).toEqual([1, expect.stringMatching(/root key "k1" that FORM_GUARD_KEYS does not hold/)]);
    const other = await bootToEnd({ ...env, FORM_GUARD_KEYS: `k1:${key()}` });
    expect([other.code, other.said]).toEqual([1, expect.stringMatching(/does not open under root key "k1"/)]);
    const both = await serve({ ...env, FORM_GUARD_KEYS: `k2:${key()},k1:${secret}` });
    await both.kill();
    await database.remove();
  });
});

describe('What other plugins can reach', () => {
  let running: Running;
  beforeAll(async () => {
    running = await startStrapi();
  });
  afterAll(() => running.stop());

  test('no service, no config and no environment variable holds a key or opens a value', async () => {
    const { strapi } = running;
    expect(Object.keys(strapi.plugin('form-guard').services)).toEqual([]);
    const boss = await adminPerson(strapi, 'Boss', 'strapi-super-admin');
    await as(running, boss).post('/form-guard/forms', COMPLAINT).expect(201);
    const secret = (process.env.TEST_KEYS ?? '').split(':')[1] as string;
    expect(process.env.FORM_GUARD_KEYS).toBeUndefined();
    expect(JSON.stringify(strapi.config.get('plugin::form-guard'))).not.toContain(secret);
    const rows = await strapi.db.connection('form_guard_data_keys').select('*');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

/** No transfer token gets the right to copy the site, and no webhook begins to be told of entries, while a type is wrapped. */
import { expectRefusedByHttp, expectRefusedInCode, rowsOf, sendThree } from '../helpers/refused';
import { adminPerson, as, CONTACT, PROTECT_CONTACT, startStrapi, type AdminPerson, type Running } from '../helpers/strapi';

let running: Running;
let boss: AdminPerson;
beforeAll(async () => {
  running = await startStrapi();
  boss = await adminPerson(running.strapi, 'Boss', 'strapi-super-admin');
  await sendThree(running);
});
afterAll(() => running.stop());

const idOf = ({ body }: { body: unknown }): number => (body as { data: { id: number } }).data.id;

describe('Transfer tokens', () => {
  const token = (name: string, permissions: string[]) => ({ name, description: '', lifespan: null, permissions });
  const state = (): Promise<string> =>
    rowsOf(running, [
      'strapi_transfer_tokens',
      'strapi_transfer_token_permissions',
      'strapi_transfer_token_permissions_token_lnk',
    ]);
  const expected = (name: string) => ({
    sentences: [
      `Whoever holds the transfer token “${name}” could copy the whole site, with what is not sealed of 3 submissions to “Contact form”.`,
    ],
    actions: ['pull'],
    onRecord: `let whoever holds the transfer token “${name}” copy what is not sealed of submissions (pull)`,
  });
  const create = (name: string, permissions: string[]) =>
    as(running, boss).post('/admin/transfer/tokens', token(name, permissions));
  const update = (id: number, change: object) => as(running, boss).put(`/admin/transfer/tokens/${id}`, change);
  /** Past every guard, as a site has it that is older than the plugin. */
  const fromBefore = async (name: string): Promise<number> => {
    const id = idOf(await create(name, ['push']).expect(201));
    await running.strapi.db.query('admin::transfer-token-permission').create({ data: { action: 'pull', token: id } });
    return id;
  };

  test.each([
    ['pull', ['pull']],
    ['push and pull', ['push', 'pull']],
  ])('a new one: %s', (name, permissions) =>
    expectRefusedByHttp(running, boss, state, () => create(name, permissions), expected(name)),
  );

  test('one that may push and would pull as well, or instead, with another change in the same save', async () => {
    const id = idOf(await create('staging', ['push']).expect(201));
    for (const permissions of [['push', 'pull'], ['pull']]) {
      const change = { name: 'staging', description: 'changed in the same save', permissions };
      await expectRefusedByHttp(running, boss, state, () => update(id, change), expected('staging'));
    }
  });

  test('from code', async () => {
    const service = (
      running.strapi.service('admin::transfer') as {
        token: Record<'create', (t: object) => Promise<unknown>> & Record<'update', (id: number, t: object) => Promise<unknown>>;
      }
    ).token;
    const id = idOf(await create('script', ['push']).expect(201));
    await expectRefusedInCode(running, boss, state, () => service.create(token('new script', ['pull'])), expected('new script'));
    await expectRefusedInCode(running, boss, state, () => service.update(id, { permissions: ['pull'] }), expected('script'));
  });

  test('one that may only push is made, renamed and regenerated', async () => {
    const id = idOf(await create('push', ['push']).expect(201));
    await update(id, { name: 'push only', permissions: ['push'] }).expect(200);
    await as(running, boss).post(`/admin/transfer/tokens/${id}/regenerate`).expect(201);
  });

  test('one from before that may pull is renamed, and loses the right when it is taken away', async () => {
    const id = await fromBefore('old');
    await update(id, { name: 'old and renamed', permissions: ['push', 'pull'] }).expect(200);
    await update(id, { permissions: ['push'] }).expect(200);
    await expectRefusedByHttp(
      running,
      boss,
      state,
      () => update(id, { permissions: ['push', 'pull'] }),
      expected('old and renamed'),
    );
  });
});

describe('Webhooks', () => {
  const ENTRIES = ['entry.create', 'entry.update', 'entry.delete', 'entry.publish', 'entry.unpublish', 'entry.draft-discard'];
  const hook = (events: string[], name = 'crm') => ({ name, url: 'https://crm.example/hook', headers: {}, events });
  const state = (): Promise<string> => rowsOf(running, ['strapi_webhooks']);
  const expected = (events: string[], name = 'crm') => ({
    sentences: [`Whoever receives the webhook “${name}” would be told of each submission to “Contact form”; 3 have come so far.`],
    actions: [events.join(', ')],
    onRecord: `have whoever receives the webhook “${name}” told of each submission (${events.join(', ')})`,
  });
  const create = (body: object) => as(running, boss).post('/admin/webhooks', body);
  const update = (id: number, body: object) => as(running, boss).put(`/admin/webhooks/${id}`, body);
  const media = ['media.create', 'media.update', 'media.delete'];
  /** Past every guard, as a site has it that is older than the plugin. */
  const fromBefore = async (name: string, events: string[], enabled = true): Promise<number> => {
    const { events: _none, ...rest } = hook([], name);
    const row = (await running.strapi.db.query('strapi::webhook').create({ data: { ...rest, events, enabled } as never })) as {
      id: number;
    };
    return row.id;
  };

  test.each(ENTRIES)('a new one on %s', (event) =>
    expectRefusedByHttp(running, boss, state, () => create(hook([event])), expected([event])),
  );

  test('a new one on everything: one line', () =>
    expectRefusedByHttp(running, boss, state, () => create(hook([...ENTRIES, ...media])), expected(ENTRIES)));

  test('one that gets an event of entries later, with another change in the same save', async () => {
    const id = idOf(await create(hook(media, 'media')).expect(201));
    const change = { ...hook([...media, 'entry.create'], 'media and more'), isEnabled: true };
    await expectRefusedByHttp(running, boss, state, () => update(id, change), expected(['entry.create'], 'media and more'));
  });

  test('from code', async () => {
    const store = running.strapi.get('webhookStore') as unknown as {
      createWebhook(h: object): Promise<{ id: number }>;
      updateWebhook(id: number, h: object): Promise<unknown>;
    };
    await expectRefusedInCode(
      running,
      boss,
      state,
      () => store.createWebhook(hook(['entry.create'])),
      expected(['entry.create']),
    );
    const { id } = await store.createWebhook(hook(media, 'code'));
    await expectRefusedInCode(
      running,
      boss,
      state,
      () => store.updateWebhook(id, { events: ['entry.update'] }),
      expected(['entry.update'], 'code'),
    );
  });

  // A later Strapi (5.60) keeps events by type, in a column of their own; this one takes the option and drops it.
  test.each([
    ['one list a type', { [CONTACT]: ['entry.create'] }],
    ['among others', { 'api::article.article': ['entry.create'], [CONTACT]: ['entry.update'] }],
    ['a list of types and events', [{ uid: CONTACT, events: ['entry.create'] }]],
    ['a list of types', [CONTACT]],
    ['all types by a sign', { '*': ['entry.create'] }],
    ['events without a type', ['entry.create']],
  ])('a new one on events by type, of a wrapped one: %s', async (_what, contentTypeEvents) => {
    const store = running.strapi.get('webhookStore') as unknown as { createWebhook(h: object): Promise<unknown> };
    await expectRefusedInCode(
      running,
      boss,
      state,
      () => store.createWebhook({ ...hook(media), contentTypeEvents }),
      expected(['contentTypeEvents']),
    );
  });

  test.each([
    ['another type', { 'api::article.article': ['entry.create'] }],
    ['a type whose name begins alike', { [`${CONTACT}-form`]: ['entry.create'] }],
    ['none', {}],
    ['nothing said', null],
  ])('one on events by type, of no wrapped one, passes: %s', async (_what, contentTypeEvents) => {
    const store = running.strapi.get('webhookStore') as unknown as { createWebhook(h: object): Promise<unknown> };
    expect(await store.createWebhook({ ...hook(media, 'by type'), contentTypeEvents })).toMatchObject({ name: 'by type' });
  });

  test('events of media, and test calls, pass', async () => {
    const id = idOf(await create(hook(media, 'pictures')).expect(201));
    await update(id, { ...hook(['media.create'], 'some pictures'), isEnabled: true }).expect(200);
  });

  test('one from before stays savable, and loses events; it tells nobody else and nothing more', async () => {
    const id = await fromBefore('build', ['entry.create', 'entry.update']);
    const same = { ...hook(['entry.create', 'entry.update'], 'build'), isEnabled: true };
    await update(id, { ...same, name: 'rebuild', headers: { token: 'x' } }).expect(200);
    const more = { ...same, events: [...same.events, 'entry.delete'] };
    await expectRefusedByHttp(running, boss, state, () => update(id, more), expected(['entry.delete'], 'build'));
    const elsewhere = { ...same, url: 'https://elsewhere.example/hook' };
    await expectRefusedByHttp(
      running,
      boss,
      state,
      () => update(id, elsewhere),
      expected(['entry.create', 'entry.update'], 'build'),
    );
    await update(id, { ...same, events: ['entry.create'] }).expect(200);
    await update(id, { ...same, events: ['entry.create'], isEnabled: false }).expect(200);
  });

  test('one from before that is off is not switched on', async () => {
    const id = await fromBefore('sleeping', ['entry.create'], false);
    const body = hook(['entry.create'], 'sleeping');
    await update(id, { ...body, name: 'still sleeping', isEnabled: false }).expect(200);
    await expectRefusedByHttp(
      running,
      boss,
      state,
      () => update(id, { ...body, isEnabled: true }),
      expected(['entry.create'], 'sleeping'),
    );
  });

  test('with unsafeEntryWebhooks they pass, by HTTP and from code; transfer tokens do not', async () => {
    running = await running.again({ config: { ...PROTECT_CONTACT, unsafeEntryWebhooks: true } });
    const id = idOf(await create(hook(ENTRIES, 'unsafe')).expect(201));
    await update(id, { ...hook(ENTRIES, 'unsafe'), url: 'https://elsewhere.example/', isEnabled: true }).expect(200);
    await running.strapi.get('webhookStore').createWebhook(hook(ENTRIES, 'unsafe too') as never);
    const pull = { name: 'pull', description: '', lifespan: null, permissions: ['pull'] };
    await as(running, boss).post('/admin/transfer/tokens', pull).expect(403);
  });

  test('and without a wrapped type nothing is refused', async () => {
    running = await running.again({ config: {} });
    await create(hook(ENTRIES, 'plain')).expect(201);
    const pull = { name: 'pull', description: '', lifespan: null, permissions: ['pull'] };
    await as(running, boss).post('/admin/transfer/tokens', pull).expect(201);
  });
});

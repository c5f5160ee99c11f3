/** Where two stand in each other's way the database gives one of them up: what was to be recorded is recorded all the same, once. */
import { setTimeout as pause } from 'node:timers/promises';
import { onRecord, record, recordChange, SYSTEM } from '../../server/src/audit';
import { client } from '../helpers/database';
import { startStrapi, type Running } from '../helpers/strapi';

let running: Running;
const titled = (title: string) => ({ event: 'form.created', actor: SYSTEM, details: { title } }) as const;
const entries = async (title: string): Promise<number> =>
  ((await running.strapi.db.connection('form_guard_audit').where({ details: JSON.stringify({ title }) })) as unknown[]).length;

beforeAll(async () => {
  running = await startStrapi();
});
afterAll(() => running.stop());

describe.each(['ER_LOCK_DEADLOCK', '40P01', '40001', 'SQLITE_BUSY'])('What ends with %s', (code) => {
  const failing = (title: string, times: number) => {
    let tries = 0;
    return onRecord(running.strapi, async () => {
      await record(running.strapi, titled(title));
      tries += 1;
      if (tries <= times) throw Object.assign(new Error('given up'), { code });
      return tries;
    });
  };

  test('is done again, and stands once on record', async () => {
    expect(await failing(`twice ${code}`, 2)).toBe(3);
    expect(await entries(`twice ${code}`)).toBe(1);
  });

  test('is an error in the end, with nothing on record', async () => {
    await expect(failing(`always ${code}`, 99)).rejects.toThrow('given up');
    expect(await entries(`always ${code}`)).toBe(0);
  });
});

test('any other error is not', async () => {
  let tries = 0;
  const once = onRecord(running.strapi, () => {
    tries += 1;
    return Promise.reject(new Error('something else'));
  });
  await expect(once).rejects.toThrow('something else');
  expect(tries).toBe(1);
});

(client === 'sqlite' ? test.skip : test)('a real deadlock, in which the entry is given up', async () => {
  const about = ['a test'];
  const change = () => recordChange(running.strapi, titled('real'), { about, change: () => [{ some: 'thing' }] });
  await change();
  const other = await running.strapi.db.connection.transaction();
  await other('form_guard_audit_lists').where({ about: 'a test' }).forUpdate().select('id');
  // MariaDB gives up whichever has written less.
  await other('form_guard_handed_out').insert(Array.from({ length: 300 }, (_, n) => ({ mark: `test ${n}` })));
  const changing = change();
  await pause(300);
  const held = Promise.resolve(other('form_guard_audit_head').forUpdate().select('id')).then(
    () => 'held',
    () => 'given up',
  );
  expect(await held).toBe('held');
  await other.rollback();
  await changing;
  expect(await entries('real')).toBe(2);
});

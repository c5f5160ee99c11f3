/** The keys, for whoever may change them: ids, dates and numbers. Nothing here shows a key, and nothing destroys what is in use. */
import type { KeysOverview } from '../contract';
import { refuseUnknown } from '../errors';
import { asks } from '../permissions';
import { actorOf } from '../protection';
import { say } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { progressOf } from './jobs';
import { vaultOf } from './vault';

export const keyRoutes = (strapi: () => Strapi) => {
  const overview = async (): Promise<{ data: KeysOverview[] }> => {
    const { keys } = vaultOf(strapi());
    const all = [];
    for (const formOrType of await keys.formsAndTypes()) {
      const { job, ...summary } = await keys.summarise(formOrType);
      all.push({ ...summary, work: job && progressOf(job, new Date()) });
    }
    return { data: all };
  };
  const known = async (ctx: Context): Promise<string> => {
    const formOrType = ctx.params.formOrType ?? '';
    if ((await vaultOf(strapi()).keys.formsAndTypes()).includes(formOrType)) return formOrType;
    throw refuseUnknown(say('keys.unknown'));
  };
  const config = asks('keys.manage');
  return [
    { method: 'GET', path: '/keys', handler: overview, config },
    {
      method: 'POST',
      path: '/keys/:formOrType/rotate',
      handler: async (ctx: Context) => {
        await vaultOf(strapi()).keys.rotate(await known(ctx), actorOf(ctx));
        vaultOf(strapi()).worker.startInBackground();
        return overview();
      },
      config,
    },
    {
      method: 'POST',
      path: '/keys/:formOrType/destroy-older',
      handler: async (ctx: Context) => {
        await vaultOf(strapi()).keys.destroyOlder(await known(ctx), actorOf(ctx));
        return overview();
      },
      config,
    },
  ];
};

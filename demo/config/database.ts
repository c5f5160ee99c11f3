/** An embedded database in the demo's data folder, which git ignores and `npm run demo -- --reset` deletes. */
import path from 'node:path';
import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams) => ({
  connection: {
    client: 'sqlite',
    connection: { filename: path.join(env('FORM_GUARD_DEMO_DATA', process.cwd()), 'data', 'demo.db') },
    useNullAsDefault: true,
  },
});

export default config;

/** An embedded database in demo/data, which git ignores and `npm run demo -- --reset` deletes. */
import path from 'node:path';

export default () => ({
  connection: {
    client: 'sqlite',
    connection: { filename: path.join(process.cwd(), 'data', 'demo.db') },
    useNullAsDefault: true,
  },
});

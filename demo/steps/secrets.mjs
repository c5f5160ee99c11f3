/** The secrets of this one site, random, made at the first start into demo/.env; what is there already is left alone. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['ADMIN_JWT_SECRET', 'API_TOKEN_SALT', 'TRANSFER_TOKEN_SALT', 'ENCRYPTION_KEY', 'JWT_SECRET'];
const secret = () => randomBytes(32).toString('base64url');

export const makeSecretsOnce = (demo) => {
  const file = path.join(demo, '.env');
  if (!existsSync(file)) {
    const lines = [`APP_KEYS=${secret()},${secret()}`, ...NAMES.map((name) => `${name}=${secret()}`)];
    writeFileSync(file, `# Made by npm run demo for this machine only.\n${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  }
  chmodSync(file, 0o600);
};

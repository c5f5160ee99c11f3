/** The secrets of this one site, random, made at the first start into .env; what is there already is left alone. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['ADMIN_JWT_SECRET', 'API_TOKEN_SALT', 'TRANSFER_TOKEN_SALT', 'ENCRYPTION_KEY', 'JWT_SECRET'];
const secret = () => randomBytes(32).toString('base64url');

/** @param ownKey a root key too: the one that the plugin makes for development belongs to the site in demo/. */
export const makeSecretsOnce = (home, { ownKey }) => {
  const file = path.join(home, '.env');
  if (!existsSync(file)) {
    const lines = [`APP_KEYS=${secret()},${secret()}`, ...NAMES.map((name) => `${name}=${secret()}`)];
    if (ownKey) lines.push(`FORM_GUARD_KEYS=demo:${randomBytes(32).toString('base64')}`);
    writeFileSync(file, `# Made by npm run demo for this machine only.\n${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  }
  chmodSync(file, 0o600);
};

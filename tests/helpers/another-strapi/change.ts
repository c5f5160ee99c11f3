/**
 * A Strapi in which something is called otherwise: changes to the server files of a site that has a Strapi of its own,
 * and many such sites started one after the other.
 */
import fs from 'node:fs';
import path from 'node:path';
import { makeDatabase } from '../database';
import type { Boot, Site } from '../site';

/** One change: in a file, or in every server file of a folder below node_modules/@strapi. */
export interface Change {
  in: string;
  what: RegExp;
  by: string;
}

export const other = (name: string): string => `${name}OfAnotherStrapi`;

/** A name, wherever it stands in these packages: its definition and all who call it. */
export const everywhere =
  (...packages: string[]) =>
  (name: string): Change[] =>
    packages.map((one) => ({ in: `${one}/dist`, what: new RegExp(`\\b${name}\\b`, 'g'), by: other(name) }));

/** Packages whose server part may call what another one defines. */
export const CALLERS = [
  'admin',
  'content-manager',
  'content-releases',
  'content-type-builder',
  'core',
  'database',
  'i18n',
  'plugin-documentation',
  'plugin-graphql',
  'plugin-users-permissions',
  'review-workflows',
  'upload',
  'utils',
];

/** `owner.name(` in all packages. */
export const calls = (owner: string, name: string): Change[] =>
  CALLERS.map((one) => ({ in: `${one}/dist`, what: new RegExp(`(\\b${owner})\\.${name}\\(`, 'g'), by: `$1.${other(name)}(` }));

/** The server files of Strapi's packages, below node_modules/@strapi, with their text; read once. */
const readFiles = (folder: string): Map<string, string> => {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => /^[^/]+\/dist\/.*\.js$/.test(name));
  return new Map(files.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
};
let known: Map<string, string> | undefined;
/** Every site has the same. */
const filesOf = (site: Site): Map<string, string> => (known ??= readFiles(path.join(site.root, 'node_modules/@strapi')));

/** @returns the changed files with their new text. @throws when a list of changes changes nothing */
export const changed = (site: Site, changes: Change[]): Map<string, string> => {
  const files = filesOf(site);
  const texts = new Map<string, string>();
  for (const { in: where, what, by } of changes) {
    for (const name of files.keys()) {
      if (name !== where && !name.startsWith(`${where}/`)) continue;
      const before = texts.get(name) ?? (files.get(name) as string);
      if (before.search(what) >= 0) texts.set(name, before.replace(what, by));
    }
  }
  if (texts.size === 0) throw new Error(`There is nothing like ${changes.map(({ what }) => String(what)).join(', ')}`);
  return texts;
};

export interface Started {
  boot: Pick<Boot, 'code' | 'port'> & { said: string };
  changed: string[];
  seconds: number;
}

/**
 * Starts the site with these changes on a new database, stops it when it listens, and puts everything back. Each changed
 * file says when it is loaded.
 */
export const startWith = async (site: Site, changes: Change[], env: Record<string, string>): Promise<Started> => {
  const texts = changed(site, changes);
  const write = (name: string, text: string): void => site.rewrite(`node_modules/@strapi/${name}`, () => text);
  for (const [name, text] of texts) write(name, `${text}\nglobalThis.process.stderr.write('[loaded ${name}]\\n');\n`);
  const database = await makeDatabase();
  try {
    const began = Date.now();
    const boot = await site.boot({ ...env, ...database.env });
    const { code, port } = boot;
    await boot.stop();
    return { boot: { code, port, said: boot.said() }, changed: [...texts.keys()], seconds: (Date.now() - began) / 1000 };
  } finally {
    await database.remove();
    for (const name of texts.keys()) write(name, filesOf(site).get(name) as string);
  }
};

/** Does it with each item, on as many sites at once as there are. */
export const withEach = async <Item, Result>(
  items: Item[],
  sites: Site[],
  act: (item: Item, site: Site) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  const queue = items.entries();
  const work = async (site: Site): Promise<void> => {
    for (const [index, item] of queue) results[index] = await act(item, site);
  };
  await Promise.all(sites.map(work));
  return results;
};

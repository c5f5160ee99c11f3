#!/usr/bin/env node
'use strict';

// The maintainer's command line. What it prints on standard output can be used as it is; explanations go to standard error.
// `keys new` needs nothing; every other command loads the site in the current folder, with its database and its keys.
const { randomBytes } = require('node:crypto');
const path = require('node:path');

const newKey = () => {
  const id = `k${new Date().toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(3).toString('hex')}`;
  return `${id}:${randomBytes(32).toString('base64')}`;
};
const printNewKey = () => {
  console.log(newKey());
  console.error('Keep a copy where neither the database nor its backups are: without this key no submission can be read again.');
};

const fail = (sentence) => {
  console.error(`form-guard: ${sentence}`);
  return 2;
};

/** The Strapi of the site in this folder, not one that may lie beside this file. */
const siteStrapi = () => {
  try {
    return require(require.resolve('@strapi/strapi', { paths: [process.cwd()] }));
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    return null;
  }
};

const onSite = async ({ run, onlyExamines }, { examineOnly }) => {
  const strapi = siteStrapi();
  if (!strapi) return fail('There is no Strapi here. Run this in the folder of the site, where its package.json is.');
  const app = strapi.createStrapi({ ...(await strapi.compileStrapi()), serveAdminPanel: false });
  // The jobs of the site belong to its server.
  app.config.set('server.cron.enabled', false);
  app.log.level = 'error';
  if (onlyExamines) examineOnly(app);
  try {
    await app.load();
    return await run(app, { print: (line) => console.log(line), explain: (line) => console.error(line) });
  } finally {
    await app.destroy();
  }
};

const main = async (args) => {
  if (args.join(' ') === 'keys new') return printNewKey();
  // The built plugin, from the same file as the site loads it, so that both are one.
  const plugin = require(path.join(__dirname, '../dist/server'));
  const { findCommand, usage } = plugin;
  if (args.length === 0 || ['help', '--help', '-h'].includes(args[0])) return console.log(usage);
  const command = findCommand(args);
  if (!command) return fail(`"${args.join(' ')}" is not a command.\n\n${usage}`);
  return onSite(command, plugin);
};

main(process.argv.slice(2)).then(
  (code) => process.exit(code ?? 0),
  (error) => {
    console.error(`form-guard: ${error.message}`);
    process.exit(1);
  },
);

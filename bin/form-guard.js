#!/usr/bin/env node
'use strict';

// The maintainer's command line. What it prints on standard output can be used as it is; explanations go to standard error.
const { randomBytes } = require('node:crypto');

const USAGE = `Usage: form-guard keys new

  keys new   prints a new root key, <id>:<base64 of 32 bytes>. Set FORM_GUARD_KEYS to it; to change keys, put the new one
             in front of the old ones, separated by commas.`;

const newKey = () => {
  const id = `k${new Date().toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(3).toString('hex')}`;
  return `${id}:${randomBytes(32).toString('base64')}`;
};

const [command, ...rest] = process.argv.slice(2);
if (command === 'keys' && rest.length === 1 && rest[0] === 'new') {
  console.log(newKey());
  console.error('Keep a copy where neither the database nor its backups are: without this key no submission can be read again.');
} else if (command === undefined || command === '--help' || command === 'help') {
  console.log(USAGE);
} else {
  console.error(`form-guard: "${process.argv.slice(2).join(' ')}" is not a command.\n\n${USAGE}`);
  process.exitCode = 2;
}

'use strict';

const here = __dirname.replace(/[/\\^$*+?.()|[\]{}-]/g, '\\$&');

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  testTimeout: 120_000,
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
    ],
  },
  // Anchored to this folder: every Strapi plugin has a dist/server, and only ours is run from its sources.
  moduleNameMapper: { [`^(${here}|\\.)/dist/server(/index\\.js)?$`]: '<rootDir>/server/src/index.ts' },
  setupFiles: ['<rootDir>/tests/helpers/environment.ts'],
};

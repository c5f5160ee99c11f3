'use strict';

// `file-type` and what it needs are ES modules, which Jest cannot load as they are.
const ES_MODULES = '(?:file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit)';
const asCommonJs = (parser) => [
  '@swc/jest',
  { jsc: { parser: { syntax: parser }, target: 'es2022' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
];

const here = __dirname.replace(/[/\\^$*+?.()|[\]{}-]/g, '\\$&');

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  // A busy machine takes many times as long; what hangs is ended all the same.
  testTimeout: 600_000,
  transform: {
    '^.+\\.tsx?$': asCommonJs('typescript'),
    [`/node_modules/${ES_MODULES}/.+\\.js$`]: asCommonJs('ecmascript'),
  },
  transformIgnorePatterns: [`/node_modules/(?!${ES_MODULES}/)`],
  // Anchored to this folder: every Strapi plugin has a dist/server, and only ours is run from its sources.
  moduleNameMapper: { [`^(${here}|\\.)/dist/server(/index\\.js)?$`]: '<rootDir>/server/src/index.ts' },
  setupFiles: ['<rootDir>/tests/helpers/environment.ts'],
};

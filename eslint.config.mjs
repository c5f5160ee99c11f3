// Typed rules for what a compiler does not see (a promise that nobody waits for), and the walls between the rooms.
import { readFileSync } from 'node:fs';
import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Which room may call which.
const ROOMS = JSON.parse(readFileSync(new URL('server/walls.json', import.meta.url), 'utf8'));

const walls = Object.entries(ROOMS).map(([room, mayCall]) => ({
  files: [`server/src/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: Object.keys(ROOMS)
          .filter((other) => other !== room)
          .map((other) =>
            mayCall.includes(other)
              ? { group: [`**/${other}/*`], message: `Import ${other} through its index.` }
              : { group: [`**/${other}`, `**/${other}/**`], message: `${room} may not call ${other}.` },
          ),
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['**/dist/', '**/build/', 'node_modules/', 'demo/types/', 'demo/.strapi/', '**/.strapi/', 'tests/app/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts', '**/*.tsx'] })),
  {
    files: ['server/src/**/*.ts', 'admin/src/**/*.{ts,tsx}', 'tests/**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: ['./server/tsconfig.json', './admin/tsconfig.json', './tests/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      'no-console': 'error',
    },
  },
  {
    // Whichever copy Node finds need not be the one that runs: server/src/strapi-utils.ts.
    files: ['server/src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@strapi/*'], allowTypeImports: true, message: 'Ask the running Strapi (strapi-utils.ts).' }] },
      ],
    },
  },
  { files: ['admin/src/**/*.{ts,tsx}'], plugins: { 'react-hooks': hooks }, rules: hooks.configs.recommended.rules },
  {
    files: ['admin/src/**/*.tsx'],
    ignores: ['admin/src/layout/Badge.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@strapi/design-system', importNames: ['Badge'], message: 'Take layout/Badge, whose lines do not overlap.' },
          ],
        },
      ],
    },
  },
  ...walls,
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        FormData: 'readonly',
        Blob: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        performance: 'readonly',
        AbortSignal: 'readonly',
        URLSearchParams: 'readonly',
      },
    },
  },
);

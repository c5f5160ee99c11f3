/**
 * The plugin from the folder above, wrapping one content type of this site. GraphQL is on, with introspection, so that
 * whoever tries the demo can attack through that door as well.
 */
import path from 'node:path';
import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams) => ({
  'form-guard': {
    enabled: true,
    // Absolute, and from the working directory: Strapi 5.54 resolves a relative path inside its own package, and
    // __dirname is another folder before and after the build. A site that installed the package needs no such line.
    resolve: path.resolve(process.cwd(), '..'),
    config: {
      protect: {
        'api::contact-submission.contact-submission': { plain: ['topic'], search: ['email'], label: 'Contact form' },
      },
      // Beside the database, so that both are deleted together. A site needs no such line.
      attachments: { folder: path.join(env('FORM_GUARD_DEMO_DATA', process.cwd()), 'data', 'files') },
    },
  },
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET') } },
  graphql: {
    enabled: true,
    config: {
      // A sandbox that loads scripts from the internet; the demo keeps to this machine.
      landingPage: false,
      defaultLimit: 25,
      maxLimit: 100,
      depthLimit: 10,
      apolloServer: { introspection: true },
    },
  },
});

export default config;

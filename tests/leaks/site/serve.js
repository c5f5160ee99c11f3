'use strict';

// Starts the app in the current folder as `strapi develop` does, without watching files, and tells the port to who started it.
const { createStrapi } = require('@strapi/strapi');

const app = createStrapi({ appDir: process.cwd(), distDir: process.cwd(), serveAdminPanel: false, autoReload: true });
app.start().then(() => process.send?.({ port: app.server.httpServer.address().port }));
process.on('disconnect', () => process.exit(0));

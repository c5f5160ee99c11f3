'use strict';

// Starts the test app as a site does, on a free port of 127.0.0.1, and tells the port to the test that started it.
const { createStrapi } = require('@strapi/strapi');

const app = createStrapi({ appDir: process.cwd(), distDir: process.cwd(), serveAdminPanel: false });
app.start().then(() => process.send?.({ port: app.server.httpServer.address().port }));
process.on('disconnect', () => process.exit(0));

'use strict';

// Starts the app in the current folder as a site does. Says so when anything listens, and tells the test that started it
// the port and which files of Strapi were loaded.
const net = require('node:net');
const { createStrapi } = require('@strapi/strapi');

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...args) {
  process.stderr.write('[it listens]\n');
  return listen.apply(this, args);
};

const app = createStrapi({
  appDir: process.cwd(),
  distDir: process.cwd(),
  serveAdminPanel: false,
  autoReload: process.env.TEST_AUTO_RELOAD === 'true',
});
app.start().then(() =>
  process.send?.({
    port: app.server.httpServer.address().port,
    strapiFiles: Object.keys(require.cache).filter((file) => file.includes('/@strapi/')),
  }),
);
process.on('disconnect', () => process.exit(0));

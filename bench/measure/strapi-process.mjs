/**
 * The child: one Strapi, with the plugin or without, that does what its parent asks over IPC. Besides answering HTTP it
 * fills its database, names people, and counts the SQL statements of a request.
 */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';

// Without its parent it has nothing to do.
process.on('disconnect', () => process.exit());

const app = process.env.BENCH_APP;
const { createStrapi } = createRequire(path.join(app, 'package.json'))('@strapi/strapi');

const started = performance.now();
const spent = process.cpuUsage();
const strapi = await createStrapi({ appDir: app, distDir: app, serveAdminPanel: false }).load();
const bootMs = performance.now() - started;
const { user, system } = process.cpuUsage(spent);
const bootCpuMs = (user + system) / 1000;

let statements = [];
const note = ({ sql }) => statements.push(sql);

const idOf = async (uid, where) => (await strapi.db.query(uid).findOne({ where })).id;

const asked = {
  listen: () =>
    new Promise((resolve) => {
      const server = strapi.server.listen(0, '127.0.0.1', () => resolve({ port: server.address().port }));
    }),

  /** Lets the public role of Users & Permissions do something. */
  async allow({ action }) {
    const role = await idOf('plugin::users-permissions.role', { type: 'public' });
    await strapi.db.query('plugin::users-permissions.permission').create({ data: { action, role } });
  },

  /** Rows written as any code of a site writes them; `data` gets a number of its own where it says `#`. */
  async fill({ uid, rows, data, status }) {
    await strapi.db.transaction(async () => {
      for (let row = 0; row < rows; row += 1) {
        await strapi.documents(uid).create({ data: JSON.parse(JSON.stringify(data).replaceAll('#', `${row}`)), status });
      }
    });
  },

  /** An admin user. @returns its id and a token as the admin panel uses it. */
  async person({ role }) {
    const user = await strapi.service('admin::user').create({
      email: `${role}-${randomUUID()}@example.org`,
      firstname: 'Bench',
      lastname: role,
      password: 'Correct-Horse-1',
      isActive: true,
      registrationToken: null,
      roles: [await idOf('admin::role', { code: role })],
    });
    const sessions = strapi.sessionManager('admin');
    const { token } = await sessions.generateRefreshToken(String(user.id), 'bench', { type: 'refresh' });
    return { id: user.id, jwt: (await sessions.generateAccessToken(token)).token };
  },

  /** Milliseconds of processor time that this process has used, its helping threads with it. */
  usage() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },

  noteStatements() {
    statements = [];
    strapi.db.connection.on('query', note);
  },
  async notedStatements() {
    // What Strapi does after it has answered (events) belongs to the request too.
    await new Promise((resolve) => setTimeout(resolve, 200));
    strapi.db.connection.off('query', note);
    return statements;
  },

  async stop() {
    await strapi.destroy();
    process.exit();
  },
};

process.on('message', async ({ id, deed, details }) => {
  try {
    const answer = await asked[deed](details);
    if (process.connected) process.send({ id, answer });
  } catch (error) {
    process.send({ id, failure: error.stack });
  }
});
process.send({ id: 'booted', answer: { bootMs, bootCpuMs } });

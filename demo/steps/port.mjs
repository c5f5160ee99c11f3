/** The wanted port of 127.0.0.1, or the next one that is free, and then says so. */
import { createServer } from 'node:net';

const TRIES = 100;

const isFree = (port) =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(new Error(`Port ${port} cannot be used here (${error.code}). Take another one: npm run demo -- --port 8080`));
    });
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });

/** @throws when a hundred ports in a row are taken */
export const pickPort = async (wanted) => {
  for (let port = wanted; port < Math.min(wanted + TRIES, 65536); port += 1) {
    if (!(await isFree(port))) continue;
    if (port !== wanted) console.log(`Port ${wanted} is taken, so the demo uses ${port}.`);
    return port;
  }
  throw new Error(`No port from ${wanted} on is free. Name another one: npm run demo -- --port 8080`);
};

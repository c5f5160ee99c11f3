/**
 * Ends the demo when the `npm run demo` above it is gone. npm passes SIGTERM on to a shell, and Debian's shell ends
 * without telling its child, which would stay behind on its port.
 */
const EVERY_MS = 500;

export const endWithNpm = () => {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, EVERY_MS);
  watch.unref();
};

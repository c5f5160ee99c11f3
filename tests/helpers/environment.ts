/** Before each test file: nothing leaves the machine, and keys are the test's own. */
import { randomBytes } from 'node:crypto';

process.env.NODE_ENV = 'test';
process.env.STRAPI_TELEMETRY_DISABLED = 'true';
process.env.STRAPI_DISABLE_UPDATE_NOTIFICATION = 'true';
process.env.FORM_GUARD_KEYS ??= `test:${randomBytes(32).toString('base64')}`;

/** Before each test file: nothing leaves the machine, and keys are the test's own. */
import { randomBytes } from 'node:crypto';

process.env.NODE_ENV = 'test';
process.env.STRAPI_TELEMETRY_DISABLED = 'true';
process.env.STRAPI_DISABLE_UPDATE_NOTIFICATION = 'true';
/** For processes that a test starts: the plugin takes FORM_GUARD_KEYS out of this one's environment. */
process.env.TEST_KEYS = `test:${randomBytes(32).toString('base64')}`;
process.env.FORM_GUARD_KEYS = process.env.TEST_KEYS;

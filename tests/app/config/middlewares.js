// Where the parser leaves files: Node reads TMPDIR of the process, not of the sandbox in which Jest runs a test.
const formidable = { uploadDir: process.env.TMPDIR || require('node:os').tmpdir() };

module.exports = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  'strapi::cors',
  'strapi::poweredBy',
  'strapi::query',
  { name: 'strapi::body', config: { formidable } },
  'strapi::session',
  'strapi::favicon',
  'strapi::public',
];

/** Files that are sent, the folder where they are kept, and the places where nothing of them may be found. */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { PROTECT_CONTACT, type Running } from './strapi';

export const APPLICATION = 'api::application.application';

/** Folders of its own for sealed and for temporary files, and small limits. */
export const attachmentConfig = () => {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-files-'));
  const [folder, temporary] = [path.join(base, 'sealed'), path.join(base, 'tmp')];
  fs.mkdirSync(temporary);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  const protect = { ...PROTECT_CONTACT.protect, [APPLICATION]: { search: [], label: 'Applications' } };
  return {
    folder,
    config: { protect, attachments: { folder, maxBytes: 1024 * 1024, maxFiles: 4 } },
    /** What was left in os.tmpdir(), besides the test's own database. */
    temporaryFiles: () => fs.readdirSync(temporary).filter((name) => !name.startsWith('form-guard-')),
    remove: () => {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      fs.rmSync(base, { recursive: true, force: true });
    },
  };
};

export const REPORT = {
  title: 'Report',
  slug: 'report',
  fields: [
    { name: 'name', label: 'Your name', type: 'text', required: true },
    {
      name: 'evidence',
      label: 'Your evidence',
      type: 'file',
      required: false,
      accept: ['image', 'document', 'text'],
      maxFiles: 3,
    },
    { name: 'letter', label: 'Your letter', type: 'file', required: false, accept: ['pdf'], maxBytes: 5000 },
    { name: 'anything', label: 'Anything', type: 'file', required: false, accept: ['any'], maxFiles: 4 },
  ],
};
export const REPORTS = '/api/form-guard/forms/report/submissions';
export const APPLICATIONS = '/api/applications';

/** Into the media library, as the admin does. @returns its id there */
export const uploadToLibrary = async ({ strapi }: Running, name: string, mimetype: string, content: Buffer): Promise<number> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'form-guard-up-'));
  const filepath = path.join(folder, 'file');
  fs.writeFileSync(filepath, content);
  const service = strapi.plugin('upload').service('upload') as unknown as {
    upload(params: object): Promise<{ id: number }[]>;
  };
  const [made] = await service.upload({
    data: {},
    files: { filepath, originalFilename: name, mimetype, size: content.length },
  });
  fs.rmSync(folder, { recursive: true });
  return made?.id ?? 0;
};

const PNG_START = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
export const png = (content: string): Buffer => Buffer.concat([PNG_START, Buffer.from(content)]);
export const pdf = (content: string): Buffer => Buffer.from(`%PDF-1.7\n${content}\n%%EOF\n`);

/** Every file below a folder, with its path from there. */
export const filesBelow = (folder: string): string[] =>
  fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)));

/** Sealed files, kept or coming in. */
export const storedFiles = (folder: string): string[] => filesBelow(folder).filter((name) => /[/\\][0-9a-f]{32}$/.test(name));

export const rowsOfFiles = (strapi: Core.Strapi) =>
  strapi.db.connection('form_guard_files').select('*') as Promise<
    { id: number; file_id: string; record_id: string; field: string; form_or_type: string }[]
  >;

/** Listens on a free port, for what supertest cannot do: broken and endless requests. */
export const listen = async ({ strapi }: Running): Promise<number> => {
  const server = strapi.server.httpServer;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

export const BOUNDARY = 'form-guard-test-boundary';
export const MULTIPART = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
/** One part, its headers as they are given. */
export const part = (headers: string, content: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`--${BOUNDARY}\r\n${headers}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')]);
export const textPart = (name: string, content: string): Buffer =>
  part(`Content-Disposition: form-data; name="${name}"`, content);
export const filePart = (name: string, fileName: string, content: string | Buffer, type = 'application/octet-stream'): Buffer =>
  part(`Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: ${type}`, content);
export const multipart = (...parts: Buffer[]): Buffer => Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);

export interface Answer {
  status: number;
  text: string;
  headers: http.IncomingHttpHeaders;
}
/** Raw, because a client library would mend what is wrong on purpose. @returns null when the connection broke */
export const send = (
  port: number,
  to: string,
  body: Buffer,
  {
    headers = MULTIPART,
    method = 'POST',
    agent = false,
  }: { headers?: Record<string, string>; method?: string; agent?: http.Agent | false } = {},
): Promise<Answer | null> =>
  new Promise((resolve) => {
    const request = http.request({ port, host: '127.0.0.1', path: to, method, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(null));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), headers: response.headers }),
      );
    });
    request.on('error', () => resolve(null));
    request.end(body);
  });

/**
 * A file of 100 MB through the sealed intake of a form, against Strapi's own upload (`POST /api/upload`), in turns; how much
 * the server's memory grows meanwhile, and while a named reader downloads the file. What lies on the disk afterwards is
 * searched for the content and the name of the file.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { makeApp } from './measure/app.mjs';
import { compare, median } from './measure/medians.mjs';
import { growthDuring } from './measure/memory.mjs';
import { reportAlone } from './measure/report.mjs';
import { startSite } from './measure/site.mjs';

const MB = 1024 * 1024;
const FILE_MB = 100;
const ROUNDS = 5;
const PAIRS = Number(process.env.BENCH_PAIRS ?? 3);
const MOST_MB = 64;
const CANARY = `canary${randomBytes(12).toString('hex')}`;
const NAME = `name${randomBytes(12).toString('hex')}`;
const BOUNDARY = 'form-guard-bench';
/** Random, so that nothing can be gained by packing it, with the canary all over it. */
const PIECE = Buffer.concat(
  Array.from({ length: 64 }, () => Buffer.concat([randomBytes(MB / 64 - CANARY.length), Buffer.from(CANARY)])),
);

const FORM = {
  title: 'Report',
  slug: 'report',
  fields: [{ name: 'evidence', label: 'Evidence', type: 'file', required: true, accept: ['any'] }],
};
const CONFIG = { attachments: { maxBytes: 2 * FILE_MB * MB } };

/** @returns the milliseconds until the last byte of the answer, and the answer. */
const upload = (port, to, field) =>
  new Promise((resolve, reject) => {
    const head = Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"; filename="${NAME}.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    );
    const tail = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
    const headers = {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': head.length + FILE_MB * PIECE.length + tail.length,
    };
    const sent = performance.now();
    const request = http.request({ host: '127.0.0.1', port, path: to, method: 'POST', headers, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        if (response.statusCode !== 201) reject(new Error(`POST ${to} answered ${response.statusCode}: ${body.slice(0, 300)}`));
        else resolve({ ms: performance.now() - sent, body: JSON.parse(body) });
      });
    });
    request.on('error', reject);
    request.write(head);
    let left = FILE_MB;
    const more = () => {
      while (left > 0) {
        left -= 1;
        if (!request.write(PIECE)) return void request.once('drain', more);
      }
      request.end(tail);
    };
    more();
  });

/** Reads to the end and keeps nothing. */
const download = (port, to, jwt) =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${jwt}` };
    const request = http.request({ host: '127.0.0.1', port, path: to, method: 'POST', headers, agent: false }, (response) => {
      let bytes = 0;
      response.on('data', (chunk) => (bytes += chunk.length));
      response.on('error', reject);
      response.on('end', () =>
        bytes === FILE_MB * PIECE.length
          ? resolve()
          : reject(new Error(`The download has ${bytes} bytes (${response.statusCode}).`)),
      );
    });
    request.on('error', reject);
    request.end();
  });

const filesBelow = (folder) =>
  fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => fs.statSync(file).size > MB);

/** What was stored just now; it is removed afterwards, so that the disk does not fill up. */
const holdsCanary = (folder) => {
  const files = filesBelow(folder);
  if (files.length === 0) throw new Error(`Nothing was stored in ${folder}.`);
  const holds = files.some((file) => {
    const bytes = fs.readFileSync(file);
    return file.includes(NAME) || bytes.includes(CANARY) || bytes.includes(NAME);
  });
  for (const file of files) fs.rmSync(file);
  return holds;
};

const prepare = async (sites) => {
  const boss = await sites.with.ask('person', { role: 'strapi-super-admin' });
  const reader = await sites.with.ask('person', { role: 'strapi-editor' });
  const made = await sites.with.request({ method: 'POST', path: '/form-guard/forms', jwt: boss.jwt, body: FORM, expect: 201 });
  const form = JSON.parse(made.body).data.id;
  const naming = { people: [reader.id], until: '2099-12-31', fields: null };
  await sites.with.request({ method: 'POST', path: `/form-guard/readers/${form}`, jwt: boss.jwt, body: naming, expect: 200 });
  await sites.without.ask('allow', { action: 'plugin::upload.content-api.upload' });
  return { inbox: `/form-guard/inbox/${form}`, reader };
};

/** Downloads what was uploaded last; `body` is its receipt. @returns by how many MB the memory grew. */
const downloadAgain = async (site, { inbox, reader }, { data: { reference } }) => {
  const opened = await site.request({ method: 'POST', path: `${inbox}/${reference}/open`, jwt: reader.jwt, expect: 200 });
  const [{ file }] = JSON.parse(opened.body).data.fields[0].value;
  return (await growthDuring(site.pid, () => download(site.port, `${inbox}/${reference}/files/${file}`, reader.jwt))).grownMb;
};

const measurePair = async (app, index) => {
  const sites = {};
  try {
    for (const side of ['with', 'without']) {
      sites[side] = await startSite(app, { file: `${side}-${index}.db`, config: CONFIG, withPlugin: side === 'with' });
      await sites[side].listen();
    }
    const door = await prepare(sites);
    const turns = {
      with: () => upload(sites.with.port, '/api/form-guard/forms/report/submissions', 'evidence'),
      without: () => upload(sites.without.port, '/api/upload', 'files'),
    };
    const folders = { with: path.join(app, '.form-guard/files'), without: path.join(app, 'public/uploads') };
    const pair = { with: [], without: [] };
    const grown = { with: [], without: [], download: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const side of round % 2 === 0 ? ['with', 'without'] : ['without', 'with']) {
        const { result, grownMb } = await growthDuring(sites[side].pid, turns[side]);
        grown[side].push(grownMb);
        // The first one warms up; its memory counts all the same.
        if (round > 0) pair[side].push(result.ms);
        if (side === 'with') grown.download.push(await downloadAgain(sites.with, door, result.body));
        if (holdsCanary(folders[side]) !== (side === 'without'))
          throw new Error(`The canary was ${side === 'with' ? '' : 'not '}found.`);
      }
    }
    return { pair, grown };
  } finally {
    await Promise.all(Object.values(sites).map((site) => site.stop()));
  }
};

export const measure = async () => {
  const { app, remove } = makeApp();
  try {
    const pairs = [];
    for (let index = 0; index < PAIRS; index += 1) pairs.push(await measurePair(app, index));
    const all = (side) => pairs.flatMap(({ grown }) => grown[side]);
    const memory = (what, side, other) => ({
      what,
      unit: 'MB',
      most: MOST_MB,
      with: Math.max(...all(side)),
      without: other ? Math.max(...all(other)) : undefined,
      middle: median(all(side)),
    });
    return [
      // Half the throughput of Strapi's upload is twice its time.
      { what: `send a file of ${FILE_MB} MB`, aim: 2, ...compare(pairs.map(({ pair }) => pair)) },
      memory('… memory of the server, at most', 'with', 'without'),
      memory('download it, memory, at most', 'download'),
    ];
  } finally {
    remove();
  }
};

await reportAlone(import.meta.url, measure);

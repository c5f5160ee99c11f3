/**
 * Nothing that somebody uploaded runs on the admin's origin, where a script could act with the session of whoever is signed
 * in. What lies in the media library is shown in a sandbox, is never taken for another kind of file than it is sent as, and
 * is downloaded unless it is a picture, a film, a sound or a PDF. On every site that has the plugin.
 */
import path from 'node:path';
import { configOf, type Context, type Next, type Strapi } from '../strapi';
import { guardRequests } from './hold';
import { uploadAddress } from './upload-address';

/** Chromium shows PDFs with it too, by themselves and in a frame. */
const POLICY = "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; sandbox";

/** Pictures made of points, films, sounds. What is written in XML, as SVG is, can hold scripts. */
const isShown = (type: string): boolean =>
  type === 'application/pdf' || (/^(image|video|audio)\//.test(type) && !type.includes('xml'));

/** What a page could take in as a part of itself, wherever that page came from: sent as mere bytes, no browser does. */
const isPartOfPages = (type: string): boolean => /script|css|wasm|flash/.test(type);

const isAllowed = (allowed: readonly string[], address: string): boolean =>
  allowed.some((one) => (one.endsWith('/') ? address.startsWith(one) : address === one));

const settle = (ctx: Context, address: string): void => {
  // What a browser still has is kept under the headers of this answer, which says nothing of the kind.
  if (ctx.status === 304) ctx.type = path.posix.extname(address);
  const type = ctx.type.toLowerCase();
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Content-Security-Policy', POLICY);
  if (ctx.status >= 400) return;
  if (isPartOfPages(type)) ctx.type = 'application/octet-stream';
  if (!isShown(type)) ctx.set('Content-Disposition', 'attachment');
};

/** In `register`, around Strapi's own middlewares: `strapi::security` would write its policy over this one. */
export const closeActiveUploads = (strapi: Strapi): void => {
  const allowed = configOf(strapi).unsafeActiveUploads;
  const close = async (ctx: Context, next: Next, address: string): Promise<void> => {
    await next();
    settle(ctx, address);
  };
  guardRequests(strapi, 'close-active-uploads', (ctx, next) => {
    const address = uploadAddress(ctx.path);
    return address === null || isAllowed(allowed, address) ? next() : close(ctx, next, address);
  });
};

/**
 * The copy of `@strapi/utils` that the running `@strapi/core` itself uses. Most sites have several (npm puts the newest one at
 * the root as soon as a plugin asks for a newer admin), and core knows an error only by the class of its own copy: one of another
 * copy is a 500 without its text. So nothing in this plugin imports `@strapi/utils`, but for its types.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Utils from '@strapi/utils';
import { Fault } from './fault';
import type { Strapi } from './strapi';

type StrapiUtils = Pick<typeof Utils, 'errors' | 'strings'> & {
  /** An error with a status of its own, by the library whose class Strapi knows it by. */
  httpError(status: number, message: string, properties: object): Error;
};

/** @param folder of a site. @throws when there is no Strapi */
const utilsOfCore = (folder: string): StrapiUtils => {
  const strapi = createRequire(path.join(folder, 'package.json')).resolve('@strapi/strapi/package.json');
  const core = createRequire(strapi).resolve('@strapi/core/package.json');
  const utils = createRequire(core).resolve('@strapi/utils');
  return {
    ...(createRequire(core)(utils) as typeof Utils),
    httpError: createRequire(utils)('http-errors') as StrapiUtils['httpError'],
  };
};

let current: StrapiUtils | undefined;

/** In `register`: of the site's own Strapi; another one may lie beside this file. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const useUtilsOf = (strapi: Strapi): void => {
  const places = [strapi.dirs.app.root, process.cwd()];
  for (const place of places) {
    try {
      current = utilsOfCore(place);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new Fault(
    'STRAPI_NOT_AS_EXPECTED',
    'the @strapi/utils that @strapi/core uses was not found. Nothing is served without it',
  );
};

/** Before `register`, in tests of pure files, it is that of the current folder. */
export const strapiUtils = (): StrapiUtils => (current ??= utilsOfCore(process.cwd()));

type ErrorName =
  'ApplicationError' | 'ForbiddenError' | 'HttpError' | 'NotFoundError' | 'PayloadTooLargeError' | 'ValidationError';

/**
 * Whether it is an error of Strapi of this kind, whichever copy of `@strapi/utils` (or of yup) it is of: other plugins of the
 * site throw those of theirs.
 */
export const isStrapiError = (error: unknown, name: ErrorName): error is Utils.errors.ApplicationError => {
  if (!(error instanceof Error)) return false;
  for (let kind: unknown = error; kind; kind = Object.getPrototypeOf(kind)) {
    if ((kind as object).constructor.name === name) return true;
  }
  return false;
};

/**
 * Closes the media library towards submissions. Attachments go into the vault; but files from before a type was wrapped
 * lie in the library, open to whoever knows their address and listed for every editor. Those that hang on submissions
 * only are out of every list and answer 404. Nothing new is hung on a submission here.
 */
import path from 'node:path';
import { refuse } from '../errors';
import { say } from '../sentences';
import { attributesOf, type Context, type Next, type Strapi } from '../strapi';
import { isOpened, type EntityManager, type QueryBuilder } from './close-queries';
import { guardRequests, guardService, holdFunctions } from './hold';
import { protectedType, protectedTypes } from './protected-types';
import { uploadAddress } from './upload-address';

const GUARD = 'close-files';
const FILE = 'plugin::upload.file';
const LINKS = 'files_related_mph';

interface UploadService {
  upload(params: { data?: { ref?: unknown } }, ...rest: unknown[]): Promise<unknown>;
}

/** Media attributes of wrapped types, as the links of the library name them. */
const sealedMedia = (strapi: Strapi): { uid: string; field: string }[] =>
  [...protectedTypes(strapi).values()].flatMap(({ uid, sealedFields, original }) =>
    sealedFields.filter((field) => attributesOf(original)[field]?.type === 'media').map((field) => ({ uid, field })),
  );

/** Ids of the files that hang on sealed attributes and on nothing else. */
export const filesFromBefore = (strapi: Strapi, media = sealedMedia(strapi)) => {
  type Query = ReturnType<typeof strapi.db.connection>;
  const links = (): Query => strapi.db.connection(LINKS).select('file_id').whereNotNull('file_id');
  const sealed = (query: Query): void => {
    for (const { uid, field } of media) void query.orWhere({ related_type: uid, field });
  };
  return links().where(sealed).whereNotIn('file_id', links().whereNot(sealed));
};

const hideFromLists = (strapi: Strapi): void => {
  const manager = strapi.db.entityManager as unknown as EntityManager;
  holdFunctions(strapi, GUARD, 'the entity manager', manager, ['createQueryBuilder']);
  const createQueryBuilder = manager.createQueryBuilder.bind(manager);
  const guarded = (builder: QueryBuilder): QueryBuilder => {
    const { processState, clone } = holdFunctions(strapi, GUARD, 'the query builder', builder, ['processState', 'clone']);
    builder.processState = function withoutFilesFromBefore(...rest) {
      const { state } = this;
      if (!state.processed && ['select', 'count'].includes(state.type) && !isOpened()) {
        (state.where as object[]).push({ id: { $notIn: filesFromBefore(strapi) } });
      }
      processState.call(this, ...rest);
    };
    builder.clone = function guardedClone(...rest) {
      return guarded(clone.call(this, ...rest));
    };
    return builder;
  };
  manager.createQueryBuilder = (uid, ...rest) => {
    const builder = createQueryBuilder(uid, ...rest);
    return uid === FILE ? guarded(builder) : builder;
  };
};

/** Strapi names a file by its hash, and a smaller size of it `<size>_<hash>`. */
const hashesIn = (address: string): string[] => {
  const name = path.posix.basename(address);
  const hash = name.slice(0, name.length - path.posix.extname(name).length);
  return [hash, hash.slice(hash.indexOf('_') + 1)];
};

const closeAddresses = (strapi: Strapi): void => {
  const close = async (ctx: Context, next: Next, address: string): Promise<void> => {
    const files = strapi.db.connection('files').whereIn('hash', hashesIn(address));
    if (await files.whereIn('id', filesFromBefore(strapi)).first('id')) ctx.status = 404;
    else await next();
  };
  guardRequests(strapi, GUARD, (ctx, next) => {
    const address = uploadAddress(ctx.path);
    return address === null ? next() : close(ctx, next, address);
  });
};

const refuseUploadsTo = (strapi: Strapi): void =>
  guardService<UploadService>(strapi, GUARD, 'plugin::upload.upload', ['upload'], (service) => ({
    upload(params, ...rest) {
      const ref = params.data?.ref;
      if (typeof ref === 'string' && protectedType(strapi, ref)) {
        throw refuse('TYPE_PROTECTED', say('type.noUpload'));
      }
      return service.upload(params, ...rest);
    },
  }));

/** In `register`. @throws Fault STRAPI_NOT_AS_EXPECTED */
export const closeFiles = (strapi: Strapi): void => {
  if (!strapi.plugin('upload') || protectedTypes(strapi).size === 0) return;
  refuseUploadsTo(strapi);
  if (sealedMedia(strapi).length === 0) return;
  hideFromLists(strapi);
  closeAddresses(strapi);
};

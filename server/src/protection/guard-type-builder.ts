/**
 * Door: the Content-Type Builder. An edit that would open a wrapped type (a relation to it), lose it (deleting it or a
 * part of it) or change what its submissions are made of is refused before a file is touched. New attributes of a wrapped
 * type pass: they are sealed. Whoever edits the files by hand meets the checks of the next boot instead.
 */
import { VISIBILITY_CHANGE_REFUSED } from '../contract';
import { refuse } from '../errors';
import { say } from '../sentences';
import type { Context, Next, Strapi } from '../strapi';
import { currentActor } from './actor';
import { guardService, notAsExpected } from './hold';
import { protectedTypes } from './protected-types';
import { refuseExposure } from './refuse-exposure';
import { changeRoutes, withMiddleware } from './routes';
import { schemasAfter, type SchemaEdit, type Schemas } from './schema-after';
import { schemaOpenings } from './schema-openings';
import { publicationsBy } from './unlisted';
import * as edits from './type-builder-edits';

const GUARD = 'guard-type-builder';
const PLUGIN = 'content-type-builder';
const HANDLERS = [
  'schema.updateSchema',
  'content-types.createContentType',
  'content-types.updateContentType',
  'content-types.deleteContentType',
  'components.createComponent',
  'components.updateComponent',
  'components.deleteComponent',
  'component-categories.editCategory',
  'component-categories.deleteCategory',
];

interface SchemaService {
  updateSchema(schema: edits.AskedSchema, ...rest: unknown[]): Promise<unknown>;
}
interface TypesService {
  createContentType(asked: edits.AskedType, ...rest: unknown[]): Promise<unknown>;
  createContentTypes(asked: edits.AskedType[], ...rest: unknown[]): Promise<unknown>;
  editContentType(uid: string, asked: edits.AskedType, ...rest: unknown[]): Promise<unknown>;
  deleteContentType(uid: string, ...rest: unknown[]): Promise<unknown>;
  deleteContentTypes(uids: string[], ...rest: unknown[]): Promise<unknown>;
}
interface ComponentsService {
  createComponent(asked: edits.AskedComponent, ...rest: unknown[]): Promise<unknown>;
  editComponent(uid: string, asked: edits.AskedComponent, ...rest: unknown[]): Promise<unknown>;
  deleteComponent(uid: string, ...rest: unknown[]): Promise<unknown>;
}
interface FilesService {
  clear(uid: string, ...rest: unknown[]): Promise<unknown>;
}
interface CategoriesService {
  editCategory(name: string, asked: { name?: string }, ...rest: unknown[]): Promise<unknown>;
  deleteCategory(name: string, ...rest: unknown[]): Promise<unknown>;
}

/** Requests to the builder that are being answered, with the refusal that came up. */
const requests = new WeakMap<object, unknown>();

/** The builder's own handlers turn every error into a bare 400 (5.54); this puts the refusal in its place. */
const answerWithRefusal = async (ctx: Context, next: Next): Promise<void> => {
  requests.set(ctx, null);
  try {
    await next();
  } catch (error) {
    throw requests.get(ctx) ?? error;
  }
  if (requests.get(ctx)) throw requests.get(ctx);
};

const answerRequests = (strapi: Strapi): void => {
  const found = new Set<string>();
  changeRoutes(strapi, (route) => {
    if (typeof route.handler !== 'string' || !HANDLERS.includes(route.handler)) return route;
    found.add(route.handler);
    return withMiddleware(route, answerWithRefusal);
  });
  const missing = HANDLERS.find((handler) => !found.has(handler));
  if (missing) throw notAsExpected(strapi, GUARD, `the Content-Type Builder has no address for "${missing}"`);
};

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const guardTypeBuilder = (strapi: Strapi): void => {
  const uids = [...protectedTypes(strapi).keys()];
  if (!strapi.plugin(PLUGIN)) return;

  const refuseEdit = async (editOf: (now: Schemas) => SchemaEdit): Promise<void> => {
    const now = edits.schemasNow(strapi);
    const schemas = schemasAfter(now, editOf(now));
    const published = await publicationsBy(strapi, (access) => ({ ...access, schemas }));
    const openings = [...schemaOpenings(uids, now, schemas), ...published];
    try {
      await refuseExposure(strapi, { openings, actor: currentActor(strapi) });
    } catch (refusal) {
      const ctx = strapi.requestContext.get() as object | undefined;
      if (!ctx || !requests.has(ctx)) throw refusal;
      requests.set(ctx, refusal);
      // The handler logs this one, and may send it to Strapi's telemetry: no word of how many submissions there are.
      throw refuse(VISIBILITY_CHANGE_REFUSED, say('refusal.stopped'));
    }
  };
  const inCategory = (name: string): string[] =>
    Object.entries(strapi.components as unknown as Record<string, { category?: string }>)
      .filter(([, { category }]) => category === name)
      .map(([uid]) => uid);
  const guard = <Service extends object>(
    service: string,
    names: readonly (keyof Service & string)[],
    guarded: (s: Service) => Service,
  ) => guardService<Service>(strapi, GUARD, `plugin::${PLUGIN}.${service}`, names, guarded);

  answerRequests(strapi);
  guard<SchemaService>('schema', ['updateSchema'], (service) => ({
    async updateSchema(schema, ...rest) {
      await refuseEdit(() => edits.schemaEdit(schema));
      return service.updateSchema(schema, ...rest);
    },
  }));
  guard<TypesService>(
    'content-types',
    ['createContentType', 'createContentTypes', 'editContentType', 'deleteContentType', 'deleteContentTypes'],
    (service) => ({
      async createContentType(asked, ...rest) {
        await refuseEdit(() => edits.newTypes([asked]));
        return service.createContentType(asked, ...rest);
      },
      async createContentTypes(asked, ...rest) {
        await refuseEdit(() => edits.newTypes(asked));
        return service.createContentTypes(asked, ...rest);
      },
      async editContentType(uid, asked, ...rest) {
        await refuseEdit((now) => edits.changedType(uid, asked, now));
        return service.editContentType(uid, asked, ...rest);
      },
      async deleteContentType(uid, ...rest) {
        await refuseEdit(() => edits.deletedTypes([uid]));
        return service.deleteContentType(uid, ...rest);
      },
      async deleteContentTypes(asked, ...rest) {
        await refuseEdit(() => edits.deletedTypes(asked));
        return service.deleteContentTypes(asked, ...rest);
      },
    }),
  );
  guard<ComponentsService>('components', ['createComponent', 'editComponent', 'deleteComponent'], (service) => ({
    async createComponent(asked, ...rest) {
      await refuseEdit(() => edits.changedComponents(asked));
      return service.createComponent(asked, ...rest);
    },
    async editComponent(uid, asked, ...rest) {
      await refuseEdit(() => edits.changedComponents({ ...asked, component: { ...asked.component, uid } }));
      return service.editComponent(uid, asked, ...rest);
    },
    async deleteComponent(uid, ...rest) {
      await refuseEdit(() => edits.deletedComponents([uid]));
      return service.deleteComponent(uid, ...rest);
    },
  }));
  guard<CategoriesService>('component-categories', ['editCategory', 'deleteCategory'], (service) => ({
    async editCategory(name, asked, ...rest) {
      await refuseEdit((now) => edits.movedComponents(inCategory(name), asked.name, now));
      return service.editCategory(name, asked, ...rest);
    },
    async deleteCategory(name, ...rest) {
      await refuseEdit(() => edits.deletedComponents(inCategory(name)));
      return service.deleteCategory(name, ...rest);
    },
  }));
  // It deletes the files of a type, and is called in the middle of edits of other types.
  guard<FilesService>('api-handler', ['clear'], (service) => ({
    async clear(uid, ...rest) {
      if (uids.includes(uid)) await refuseEdit(() => edits.deletedTypes([uid]));
      return service.clear(uid, ...rest);
    },
  }));
};

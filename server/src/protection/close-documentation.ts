/**
 * Closes wrapped types in what describes the API to everybody: the documentation plugin and Strapi's own OpenAPI file
 * name of a wrapped type its create, and nothing that leads to submissions.
 */
import { apiPrefix, attributesOf, HOSTS_OWN, type Context, type Next, type Strapi } from '../strapi';
import { guardRequests, holdFunctions, notAsExpected } from './hold';
import { opensType } from './private-actions';
import { protectedType, protectedTypes } from './protected-types';
import { listRoutes } from './routes';

interface Description {
  paths?: Record<string, Record<string, { responses?: unknown }>>;
  components?: { schemas?: Record<string, unknown> };
}

/** `GET /contacts/:id` and `get /contacts/{documentId}`, as one text: `get /contacts/{}`. */
const described = (method: string, path: string): string => `${method.toLowerCase()} ${path.replace(/:\w+|\{\w+\}/g, '{}')}`;

interface Routes {
  closed: ReadonlySet<string>;
  creates: ReadonlySet<string>;
}
const routesOfTypes = (strapi: Strapi): Routes => {
  const uids = [...protectedTypes(strapi).keys()];
  const of = (isWanted: (handler: string) => boolean): Set<string> =>
    new Set(
      listRoutes(strapi)
        .filter(({ handler }) => typeof handler === 'string' && isWanted(handler.trim()))
        .map(({ method, path }) => described(method, path)),
    );
  return {
    closed: of((handler) => opensType(handler, uids) !== null),
    creates: of((handler) => uids.some((uid) => handler === `${uid}.create`)),
  };
};

interface Schema {
  properties?: Record<string, unknown>;
  required?: unknown;
  enum?: unknown;
}
/** A type or component with attributes that lead to submissions. */
interface Leading {
  own: ReadonlySet<string>;
  names: ReadonlySet<string>;
}

const leadingTypes = (strapi: Strapi): Leading[] =>
  [...Object.values(strapi.contentTypes), ...Object.values(strapi.components)]
    .filter(({ uid }) => !protectedType(strapi, uid))
    .map((type) => {
      const attributes = Object.entries(attributesOf(type));
      const names = attributes.filter(([, { target }]) => typeof target === 'string' && protectedType(strapi, target));
      return {
        own: new Set([...attributes.map(([name]) => name), ...HOSTS_OWN]),
        names: new Set(names.map(([name]) => name)),
      };
    })
    .filter(({ names }) => names.size > 0);

/** Takes out, in place, what leads to a submission: of schemas that are such a type's, and of what it can be populated with. */
const withoutRelations = (value: unknown, types: Leading[]): void => {
  if (value === null || typeof value !== 'object') return;
  const schema = value as Schema;
  for (const { own, names } of types) {
    const isOfType = (listed: string[]) => listed.every((name) => own.has(name));
    const { properties } = schema;
    if (properties && typeof properties === 'object' && isOfType(Object.keys(properties))) {
      for (const name of names) delete properties[name];
    }
    for (const list of ['required', 'enum'] as const) {
      const listed = schema[list];
      if (Array.isArray(listed) && isOfType(listed.map(String))) schema[list] = listed.filter((name) => !names.has(String(name)));
    }
  }
  for (const inner of Object.values(value)) withoutRelations(inner, types);
};

const RECEIPT = {
  201: {
    description: 'Received',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            data: {
              type: 'object',
              properties: { reference: { type: 'string' }, receivedAt: { type: 'string', format: 'date-time' } },
            },
          },
        },
      },
    },
  },
};

const referredTo = (value: unknown, found = new Set<string>()): Set<string> => {
  if (value === null || typeof value !== 'object') return found;
  for (const [name, inner] of Object.entries(value)) {
    if (name === '$ref' && typeof inner === 'string') found.add(inner.slice(inner.lastIndexOf('/') + 1));
    else referredTo(inner, found);
  }
  return found;
};

/** Changes the description in place. */
const closeDescription = (strapi: Strapi, description: Description, { closed, creates }: Routes): void => {
  const { paths = {} } = description;
  const schemas = description.components?.schemas ?? {};
  const prefix = apiPrefix(strapi);
  const before = referredTo(description);
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const route = described(method, path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path);
      if (closed.has(route)) delete methods[method];
      else if (creates.has(route)) operation.responses = RECEIPT;
    }
    if (Object.keys(methods).length === 0) delete paths[path];
  }
  withoutRelations(description, leadingTypes(strapi));
  // Answers of closed routes refer to one another: each turn takes those that nobody refers to any more.
  for (let gone = ['']; gone.length > 0;) {
    const after = referredTo(description);
    gone = Object.keys(schemas).filter((name) => before.has(name) && !after.has(name));
    for (const name of gone) delete schemas[name];
  }
};

const GUARD = 'close-documentation';
const SETTINGS = 'plugin::documentation.x-strapi-config';
interface DocumentationService {
  generateFullDoc(version?: string): Promise<void>;
}
type Mutate = (draft: Description, ...rest: unknown[]) => void;

/** In `register`, before the documentation is written. */
export const closeDocumentation = (strapi: Strapi): void => {
  if (protectedTypes(strapi).size === 0) return;
  const routes = routesOfTypes(strapi);
  const documentation = strapi.plugin('documentation') as { service(name: string): DocumentationService } | undefined;
  if (documentation) {
    const settings = strapi.config.get<{ mutateDocumentation?: Mutate }>(SETTINGS, {});
    const mutateDocumentation: Mutate = (draft, ...rest) => {
      settings.mutateDocumentation?.(draft, ...rest);
      closeDescription(strapi, draft, routes);
    };
    // Handed over by a name in the settings: where nobody reads that name, the description would say everything.
    const service = holdFunctions(strapi, GUARD, 'the documentation service', documentation.service('documentation'), [
      'generateFullDoc',
    ]);
    if (!/\bmutateDocumentation\b/.test(String(service.generateFullDoc))) {
      throw notAsExpected(strapi, GUARD, 'the documentation plugin asks for no "mutateDocumentation"');
    }
    strapi.config.set(SETTINGS, { ...settings, mutateDocumentation });
  }
  const address = strapi.config.get<string>('server.openapi.content-api.route.path', '/openapi.json');
  const close = async (ctx: Context, next: Next): Promise<void> => {
    await next();
    const { body } = ctx;
    if (body === null || typeof body !== 'object' || !('openapi' in body)) return;
    const copy = JSON.parse(JSON.stringify(body)) as Description;
    closeDescription(strapi, copy, routes);
    ctx.body = copy;
  };
  guardRequests(strapi, GUARD, (ctx, next) => (ctx.path.endsWith(address) ? close(ctx, next) : next()));
};

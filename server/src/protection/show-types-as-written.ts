/**
 * The Content-Type Builder shows a wrapped type as its file has it, not as the live one is (no rules, all private): what
 * it shows it writes back, and a type that gets a new attribute must not lose its rules.
 */
import type { Attribute, Strapi } from '../strapi';
import { attributesOf } from '../strapi';
import { guardService } from './hold';
import { protectedType, protectedTypes } from './protected-types';
import { attributesAsWritten } from './type-builder-edits';

const GUARD = 'show-types-as-written';
const PLUGIN = 'content-type-builder';

interface Shown {
  contentTypes: Record<string, { attributes: (Attribute & { name: string })[] }>;
}
interface SchemaService {
  getSchema(...rest: unknown[]): Promise<Shown>;
  formatAttribute(attribute: Attribute, ...rest: unknown[]): Attribute;
}
interface Type {
  uid: string;
  attributes: unknown;
}
interface TypesService {
  formatContentType(type: Type, ...rest: unknown[]): unknown;
}

/** The attributes whose rules the live type does not have, as they are in the file. */
const sealedAsWritten = (strapi: Strapi, uid: string): Record<string, Attribute> => {
  const written = attributesAsWritten(strapi, uid);
  const live = attributesOf(strapi.contentType(uid as never) as { attributes: unknown });
  const sealed = protectedType(strapi, uid)?.sealedFields ?? [];
  return Object.fromEntries(
    sealed.map((name) => {
      const attribute = written[name] as Attribute;
      // The screen wants the type beneath a custom field.
      return [name, attribute.type === 'customField' ? { ...attribute, type: live[name]?.type ?? 'string' } : attribute];
    }),
  );
};

/** @throws Fault STRAPI_NOT_AS_EXPECTED */
export const showTypesAsWritten = (strapi: Strapi): void => {
  if (protectedTypes(strapi).size === 0 || !strapi.plugin(PLUGIN)) return;
  guardService<SchemaService>(strapi, GUARD, `plugin::${PLUGIN}.schema`, ['getSchema', 'formatAttribute'], (service) => ({
    async getSchema(...rest) {
      const shown = await service.getSchema(...rest);
      for (const uid of protectedTypes(strapi).keys()) {
        const type = shown.contentTypes[uid];
        if (!type) continue;
        const sealed = sealedAsWritten(strapi, uid);
        type.attributes = type.attributes.map((attribute) => {
          const written = sealed[attribute.name];
          return written ? { ...service.formatAttribute(written), name: attribute.name } : attribute;
        });
      }
      return shown;
    },
  }));
  guardService<TypesService>(strapi, GUARD, `plugin::${PLUGIN}.content-types`, ['formatContentType'], (service) => ({
    formatContentType(type, ...rest) {
      if (!protectedType(strapi, type.uid)) return service.formatContentType(type, ...rest);
      const attributes = { ...attributesOf(type), ...sealedAsWritten(strapi, type.uid) };
      return service.formatContentType({ ...type, attributes }, ...rest);
    },
  }));
};

/**
 * Takes the rules off the sealed attributes of the live type: their columns stay empty for ever, so nothing may require
 * them, give them a default, compare them or search them. The rules themselves hold before sealing, on the original type.
 */
import { attributesOf, type Attribute, type Strapi } from '../strapi';
import { protectedTypes } from './protected-types';

/** Nothing links it to the media library any more: no row of a file, no way back from one to the submission. */
const EMPTIED_MEDIA: Attribute = { type: 'json', private: true, searchable: false };

const emptied = (attribute: Attribute): Attribute => {
  if (attribute.type === 'media') return { ...EMPTIED_MEDIA };
  const { default: _default, unique: _unique, required: _required, targetField: _target, ...rest } = attribute;
  return {
    ...rest,
    // A `uid` is looked up by an endpoint that asks nobody's permission, and compared with every other row.
    type: attribute.type === 'uid' ? 'string' : attribute.type,
    private: true,
    searchable: false,
    ...(attribute.type === 'component' || attribute.type === 'dynamiczone' ? { min: undefined } : {}),
  };
};

export const emptyHusks = (strapi: Strapi): void => {
  for (const { uid, sealedFields } of protectedTypes(strapi).values()) {
    const type = strapi.contentType(uid as never) as { attributes: unknown };
    const attributes = attributesOf(type);
    type.attributes = {
      ...attributes,
      ...Object.fromEntries(sealedFields.map((name) => [name, emptied(attributes[name] as Attribute)])),
    };
  }
};

/**
 * Form definitions. They hold no submission, so they are an ordinary content type that travels with an export; hidden in
 * the content manager, because the plugin's own page checks what an editor writes.
 */
export const FORM = 'plugin::form-guard.form';

export const formContentType = {
  schema: {
    kind: 'collectionType',
    collectionName: 'form_guard_forms',
    info: { singularName: 'form', pluralName: 'forms', displayName: 'Form' },
    options: { draftAndPublish: false },
    pluginOptions: {
      'content-manager': { visible: false },
      'content-type-builder': { visible: false },
    },
    attributes: {
      title: { type: 'string', required: true },
      slug: { type: 'string', required: true },
      intro: { type: 'text' },
      open: { type: 'boolean', default: true },
      fields: { type: 'json', required: true },
      thankYou: { type: 'text' },
      redirectTo: { type: 'string' },
      tellReaders: { type: 'boolean', default: false },
      keepAddress: { type: 'boolean', default: false },
      keepUserAgent: { type: 'boolean', default: false },
    },
  },
};

/** Forms for the admin page, and the public description of one. */
import type { Form } from '../contract';
import { refuseUnknown } from '../errors';
import { asks } from '../permissions';
import { apiPrefix, PLUGIN_ID, type Context, type Strapi } from '../strapi';
import { checkDefinition } from './definition';
import { findBySlug, formDocuments, getForm, listForms, type StoredForm } from './store';

/** Counting and keys belong to the vault, which this room does not know; index.ts hands them in. */
export interface Behind {
  count(formOrType: string): Promise<{ submissions: number }>;
  readyKeys(formOrType: string): Promise<void>;
}

export const formRoutes = (strapi: () => Strapi, behind: Behind) => {
  const shown = async (form: StoredForm): Promise<Form> => ({
    ...form,
    submissions: (await behind.count(form.id)).submissions,
    address: `${apiPrefix(strapi())}/${PLUGIN_ID}/forms/${form.slug}`,
  });
  const config = asks('forms.manage');
  return [
    {
      method: 'GET',
      path: '/forms',
      handler: async () => ({ data: await Promise.all((await listForms(strapi())).map(shown)) }),
      config,
    },
    {
      method: 'GET',
      // Not without its last word: with an empty `rest.prefix` that is where the form itself is described.
      path: '/forms/:documentId/definition',
      handler: async ({ params }: Context) => ({ data: await shown(await getForm(strapi(), params.documentId ?? '')) }),
      config,
    },
    {
      method: 'POST',
      path: '/forms',
      handler: async (ctx: Context) => {
        const { documentId } = await formDocuments(strapi()).create({ data: checkDefinition(ctx.request.body) });
        const form = await getForm(strapi(), documentId);
        await behind.readyKeys(form.id);
        ctx.status = 201;
        ctx.body = { data: await shown(form) };
      },
      config,
    },
    {
      method: 'PUT',
      path: '/forms/:documentId',
      handler: async (ctx: Context) => {
        const { documentId = '' } = ctx.params;
        await formDocuments(strapi()).update({ documentId, data: checkDefinition(ctx.request.body) });
        return { data: await shown(await getForm(strapi(), documentId)) };
      },
      config,
    },
    {
      method: 'DELETE',
      path: '/forms/:documentId',
      handler: async (ctx: Context) => {
        const { documentId = '' } = ctx.params;
        await formDocuments(strapi()).delete({ documentId });
        return { data: { documentId } };
      },
      config,
    },
  ];
};

/** `GET /api/form-guard/forms/:slug`: what a page needs to draw the form; nothing about its submissions. */
export const describeForm =
  (strapi: () => Strapi) =>
  async ({ params }: Context) => {
    const form = await findBySlug(strapi(), params.slug ?? '');
    if (!form) throw refuseUnknown('There is no form at this address.');
    const { slug, title, intro, open, fields, thankYou } = form;
    const asked = fields.map(({ searchable: _searchable, ...field }) => field);
    return { data: { slug, title, intro, open, fields: asked, thankYou } };
  };

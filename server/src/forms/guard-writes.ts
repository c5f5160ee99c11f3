/**
 * Every write of a form through `strapi.documents` (the plugin's page, code, the content manager) is checked as a whole
 * and stands in the audit; a form with submissions is not deleted.
 */
import { pick } from 'lodash';
import { record } from '../audit';
import { refuse, refuseBody } from '../errors';
import { currentActor, holdFunctions } from '../protection';
import { say } from '../sentences';
import { HOSTS_OWN, transaction, type Strapi } from '../strapi';
import { FORM } from './content-type';
import { checkDefinition, DEFINITION_KEYS } from './definition';
import { findBySlug, formId, getForm, holdForm } from './store';

interface Params {
  documentId?: string;
  data?: unknown;
}
type Repository = Record<
  'create' | 'update' | 'delete' | 'clone',
  (params: Params, ...rest: unknown[]) => Promise<{ documentId: string } | null>
>;
/** Counting belongs to the vault, which this room does not know; index.ts hands it in. */
export type Count = (formOrType: string) => Promise<{ submissions: number; binned: number }>;

const checkSlug = async (strapi: Strapi, slug: string, documentId?: string): Promise<void> => {
  const other = await findBySlug(strapi, slug);
  if (other && other.documentId !== documentId) {
    const problem = { path: ['slug'], message: say('form.slugTaken', { title: other.title }) };
    throw refuseBody(say('problem.form', { problems: problem.message }), [problem], 'FORM_REFUSED');
  }
};

/** Strapi adds keys of its own (createdBy, locale …); what belongs to the form is checked, and what nobody knows refused. */
const split = (data: unknown) => {
  const all = (data ?? {}) as Record<string, unknown>;
  return { host: pick(all, HOSTS_OWN), own: Object.fromEntries(Object.entries(all).filter(([key]) => !HOSTS_OWN.includes(key))) };
};

interface GraphqlExtension {
  shadowCRUD(uid: string): { disable(): void };
}

export const guardForms = (strapi: Strapi, count: Count): void => {
  // Otherwise every full-access token could change a form, or read the list of them.
  const graphql = strapi.plugin('graphql') as { service(name: string): GraphqlExtension } | undefined;
  if (graphql) {
    const shadow = graphql.service('extension').shadowCRUD(FORM);
    holdFunctions(strapi, 'guard-forms', "GraphQL's shadowCRUD", shadow, ['disable']).disable();
  }
  const repository = strapi.documents(FORM as never) as unknown as Repository;
  const {
    create,
    update,
    delete: remove,
  } = holdFunctions(strapi, 'guard-forms', `strapi.documents("${FORM}")`, repository, ['create', 'update', 'delete']);

  repository.create = async (params, ...rest) => {
    const { host, own } = split(params.data);
    const definition = checkDefinition(own);
    await checkSlug(strapi, definition.slug);
    return transaction(strapi, async () => {
      const made = await create({ ...params, data: { ...host, ...definition } }, ...rest);
      const formOrType = formId(made?.documentId ?? '');
      await record(strapi, {
        event: 'form.created',
        actor: currentActor(strapi),
        formOrType,
        details: { title: definition.title },
      });
      return made;
    });
  };

  repository.update = async (params, ...rest) => {
    const { documentId = '' } = params;
    const { host, own } = split(params.data);
    const definition = checkDefinition({ ...pick(await getForm(strapi, documentId), DEFINITION_KEYS), ...own });
    await checkSlug(strapi, definition.slug, documentId);
    return transaction(strapi, async () => {
      const changed = await update({ ...params, data: { ...host, ...definition } }, ...rest);
      const { title, slug, open } = definition;
      const formOrType = formId(documentId);
      await record(strapi, { event: 'form.changed', actor: currentActor(strapi), formOrType, details: { title, slug, open } });
      return changed;
    });
  };

  // Submissions of a deleted form would have no name any more.
  repository.delete = async (params, ...rest) => {
    const { title, id, documentId } = await getForm(strapi, params.documentId ?? '');
    return transaction(strapi, async (trx) => {
      // What is being sent to it is there before we count, or finds no form any more.
      await holdForm(strapi, trx, documentId, 'forUpdate');
      const { submissions, binned } = await count(id);
      if (submissions > 0) throw refuse('FORM_IN_USE', say('form.inUse', { title, count: submissions }));
      if (binned > 0) throw refuse('FORM_IN_USE', say('form.inBin', { title, count: binned }));
      const removed = await remove({ ...params, documentId }, ...rest);
      await record(strapi, { event: 'form.deleted', actor: currentActor(strapi), formOrType: id, details: { title } });
      return removed;
    });
  };

  repository.clone = async () => {
    throw refuse('FORM_NOT_COPIED', say('form.notCopied'));
  };
};

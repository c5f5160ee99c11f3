/** The forms an editor builds: their definition, the check of what is sent, their public description. */
export { FORM, formContentType } from './content-type';
export { checkDefinition, isKeptName, isRedirect } from './definition';
export { isCleanText, readAnswers } from './answers';
export type { SentFiles } from './answers';
export { documentIdOf, findBySlug, findForm, formId, holdForm, listForms } from './store';
export type { StoredForm } from './store';
export { describeForm, formRoutes } from './routes';
export { guardForms } from './guard-writes';

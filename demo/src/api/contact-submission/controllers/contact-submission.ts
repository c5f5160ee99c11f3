/** Strapi's own actions, nothing added. */
import { factories } from '@strapi/strapi';

export default factories.createCoreController('api::contact-submission.contact-submission');

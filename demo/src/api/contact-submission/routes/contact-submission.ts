/** Strapi's own five routes, as many sites leave them: Form Guard keeps the reading ones closed. */
import { factories } from '@strapi/strapi';

export default factories.createCoreRouter('api::contact-submission.contact-submission');

/** Strapi's own service, nothing added. */
import { factories } from '@strapi/strapi';

export default factories.createCoreService('api::article.article');

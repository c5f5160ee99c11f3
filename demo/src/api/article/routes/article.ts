/** Strapi's own five routes, nothing added. */
import { factories } from '@strapi/strapi';

export default factories.createCoreRouter('api::article.article');

/** What is called when a submission has come. It belongs to a room that this one does not know; index.ts hands it in. */
import type { Strapi } from '../strapi';

export type Arrived = (strapi: Strapi, formOrType: string) => void;

/** Leads to a page of the admin from outside of its React tree, whatever base path the admin is served under. */
import type { StrapiApp } from '@strapi/strapi/admin';

interface Navigator {
  navigate: (to: string) => Promise<void>;
}

const isNavigator = (value: unknown): value is Navigator =>
  typeof value === 'object' && value !== null && 'navigate' in value && typeof value.navigate === 'function';

export function openAdminPage(app: StrapiApp, page: string): void {
  // Strapi 5.54 keeps the router it created in a field that only its types call private.
  const router: unknown = app.router['router'];
  if (isNavigator(router)) {
    void router.navigate(page);
    return;
  }
  // What Strapi's own getBasename reads; both are replaced by the address when the admin is built.
  window.location.assign(`${process.env.ADMIN_PATH ?? '/admin'}${page}`);
}

/** Adds the banner to the screens where submissions could be given away or lost, and to no other, without replacing them. */
import { Fragment, type ComponentType } from 'react';
import type { StrapiApp } from '@strapi/strapi/admin';
import type { RouteObject } from 'react-router-dom';
import { LockBanner, type Where } from './LockBanner';

const SETTINGS = 'settings/*';
/** Below Settings: roles and registration of visitors, roles of the admin, every kind of token, webhooks. */
const GUARDED = /^(users-permissions\/(roles|advanced-settings)|roles|(api|admin|transfer)-tokens|webhooks)(\/|$)/;
const TYPE_BUILDER = /^plugins\/content-type-builder(\/|$)/;
const MEDIA_LIBRARY = /^plugins\/upload(\/|$)/;
const CONTENT_MANAGER = 'content-manager/*';
/** Below the content manager: what its lists and pages of a type show. */
const VIEW_SETTINGS = /^:collectionType\/:slug\/configurations\//;

const beside = (Screen: ComponentType, where: Where) =>
  function WithLockBanner() {
    return (
      <LockBanner where={where}>
        <Screen />
      </LockBanner>
    );
  };

function withBanner(route: RouteObject, where: Where): RouteObject {
  const { lazy, Component, element } = route;
  if (lazy) {
    return {
      ...route,
      lazy: async () => {
        const loaded = await lazy();
        return 'Component' in loaded && loaded.Component ? { ...loaded, Component: beside(loaded.Component, where) } : loaded;
      },
    } as RouteObject;
  }
  if (Component) return { ...route, Component: beside(Component, where) };
  return element === undefined
    ? route
    : { ...route, Component: beside(() => <Fragment>{element}</Fragment>, where), element: undefined };
}

const matches = ({ path }: RouteObject, pattern: RegExp) => path !== undefined && pattern.test(path);

const among = (route: RouteObject, pattern: RegExp, where: Where): RouteObject =>
  route.children && !route.index
    ? { ...route, children: route.children.map((child) => (matches(child, pattern) ? withBanner(child, where) : child)) }
    : route;

function atTop(route: RouteObject): RouteObject {
  if (matches(route, TYPE_BUILDER)) return withBanner(route, 'typeBuilder');
  if (matches(route, MEDIA_LIBRARY)) return withBanner(route, 'mediaLibrary');
  if (route.path === SETTINGS) return among(route, GUARDED, 'settings');
  return route.path === CONTENT_MANAGER ? among(route, VIEW_SETTINGS, 'viewSettings') : route;
}

export function putBannerOnRoutes(router: StrapiApp['router']): void {
  // In place: Strapi looks for 'settings/*' at the top level when another plugin adds a settings page later.
  router.addRoute((routes) => routes.map(atTop));
}

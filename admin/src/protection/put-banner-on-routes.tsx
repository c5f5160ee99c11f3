/** Adds the banner to the screens where permissions are given, and to no other, without replacing the screens. */
import { Fragment, type ComponentType } from 'react';
import type { StrapiApp } from '@strapi/strapi/admin';
import type { RouteObject } from 'react-router-dom';
import { LockBanner } from './LockBanner';

const SETTINGS = 'settings/*';
const GUARDED = /^(users-permissions\/roles|api-tokens)(\/|$)/;

const beside = (Screen: ComponentType) =>
  function WithLockBanner() {
    return (
      <LockBanner>
        <Screen />
      </LockBanner>
    );
  };

function withBanner(route: RouteObject): RouteObject {
  if (route.path === undefined || !GUARDED.test(route.path)) return route;
  const { lazy, Component, element } = route;
  if (lazy) {
    return {
      ...route,
      lazy: async () => {
        const loaded = await lazy();
        return 'Component' in loaded && loaded.Component ? { ...loaded, Component: beside(loaded.Component) } : loaded;
      },
    } as RouteObject;
  }
  if (Component) return { ...route, Component: beside(Component) };
  return element === undefined
    ? route
    : { ...route, Component: beside(() => <Fragment>{element}</Fragment>), element: undefined };
}

export function putBannerOnRoutes(router: StrapiApp['router']): void {
  // In place: Strapi looks for 'settings/*' at the top level when another plugin adds a settings page later.
  router.addRoute((routes) =>
    routes.map((route) =>
      route.path === SETTINGS && route.children && !route.index ? { ...route, children: route.children.map(withBanner) } : route,
    ),
  );
}

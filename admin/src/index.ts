/**
 * What this plugin gives the admin: one menu entry with its pages, a watch over refused changes of visibility, a banner on the
 * screens where submissions could be given away, and a panel beside submissions in the content manager.
 */
import { Lock } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { MAY_OPEN_PAGES } from './permissions';
import { PLUGIN_ID, PLUGIN_NAME } from './plugin-id';
import { putBannerOnRoutes } from './protection/put-banner-on-routes';
import { putPanelBesideSubmissions } from './protection/put-panel-beside-submissions';
import { createRefusedDialogHost } from './protection/refused-dialog-host';
import { watchRefusals } from './protection/watch-refusals';
import { loadTranslations } from './translations/load-translations';

const PRIVACY_WIDGET = {
  id: 'privacy',
  pluginId: PLUGIN_ID,
  icon: Lock,
  title: { id: `${PLUGIN_ID}.widget.title`, defaultMessage: PLUGIN_NAME },
  permissions: MAY_OPEN_PAGES,
  component: async () => (await import('./exposure/PrivacyWidget')).PrivacyWidget,
};

let app: StrapiApp | null = null;

const plugin: StrapiApp['appPlugins'][string] = {
  register(host) {
    app = host;
    host.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: Lock,
      intlLabel: { id: `${PLUGIN_ID}.menu`, defaultMessage: PLUGIN_NAME },
      permissions: MAY_OPEN_PAGES,
      Component: () => import('./App'),
    });
    host.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_NAME });
  },

  // Strapi 5.54 hands `bootstrap` four functions only; the router and the translations are on what `register` was given.
  // The routes are decorated here because by now every plugin has registered its settings pages.
  bootstrap() {
    if (app === null) return;
    // In front: whether something is open is what to know first.
    app.widgets.register((others) => [PRIVACY_WIDGET, ...others]);
    putBannerOnRoutes(app.router);
    putPanelBesideSubmissions(app);
    watchRefusals(createRefusedDialogHost(app));
  },

  registerTrads: ({ locales }) => loadTranslations(locales),
};

export default plugin;

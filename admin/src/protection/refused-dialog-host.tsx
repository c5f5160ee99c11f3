/**
 * Shows the dialog above whatever screen is open, in a React root of its own: a change can be refused on any screen of
 * Strapi or of another plugin, and none of them offers a place for a dialog.
 */
import { DesignSystemProvider } from '@strapi/design-system';
import type { StrapiApp } from '@strapi/strapi/admin';
import { createRoot } from 'react-dom/client';
import { IntlProvider } from 'react-intl';
import type { VisibilityRefusalDetails } from '../../../server/src/contract';
import { sharePage } from '../pages';
import type { AllowIt } from './allow-it';
import { openAdminPage } from './open-admin-page';
import { RefusedDialog } from './RefusedDialog';

/** The language and the look that the person has chosen, read when the dialog is shown. */
function readSurroundings(app: StrapiApp) {
  const chosen = app.store?.getState().admin_app;
  const locale = chosen?.language.locale ?? 'en';
  const translations: Record<string, Record<string, string>> = app.configurations.translations;
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  const wish = chosen?.theme.currentTheme ?? 'system';
  const theme = wish === 'dark' || (wish === 'system' && prefersDark) ? 'dark' : 'light';
  return {
    locale,
    messages: { ...translations.en, ...translations[locale] },
    theme: app.configurations.themes[theme],
  };
}

/** The button that was pressed was disabled while saving and has lost the focus for good; the page itself takes it. */
function giveFocusBack() {
  setTimeout(() => {
    if (document.activeElement === document.body) document.getElementById('main-content')?.focus();
  });
}

export function createRefusedDialogHost(app: StrapiApp) {
  let closeShown = () => {};

  return (details: VisibilityRefusalDetails, saveRest: (() => Promise<boolean>) | null, allowIt: AllowIt | null): void => {
    closeShown();
    const place = document.body.appendChild(document.createElement('div'));
    const root = createRoot(place);
    const close = () => {
      root.unmount();
      place.remove();
      closeShown = () => {};
      giveFocusBack();
    };
    closeShown = close;

    const { locale, messages, theme } = readSurroundings(app);
    root.render(
      <IntlProvider locale={locale} defaultLocale="en" messages={messages} textComponent="span">
        <DesignSystemProvider locale={locale} theme={theme}>
          <RefusedDialog
            details={details}
            onClose={close}
            saveRest={saveRest}
            allowIt={allowIt}
            onChooseReaders={() => openAdminPage(app, sharePage(details.saferWay.formOrType))}
          />
        </DesignSystemProvider>
      </IntlProvider>,
    );
  };
}

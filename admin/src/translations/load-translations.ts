/** Gives Strapi the texts of each language it asks for, under this plugin's prefix; a language we lack falls back to English. */
import { PLUGIN_ID } from '../plugin-id';

type Texts = Record<string, string>;

const LANGUAGES: Record<string, () => Promise<{ default: Texts }>> = {
  en: () => import('./en.json'),
  fr: () => import('./fr.json'),
};

export function prefixPluginTranslations(texts: Texts, pluginId: string): Texts {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${pluginId}.${key}`, text]));
}

export function loadTranslations(locales: string[]) {
  return Promise.all(
    locales.map(async (locale) => {
      const texts = (await LANGUAGES[locale]?.())?.default ?? {};
      return { locale, data: prefixPluginTranslations(texts, PLUGIN_ID) };
    }),
  );
}

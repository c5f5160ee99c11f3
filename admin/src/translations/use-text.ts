/** The only way texts reach the screen: by a key of `en.json`, so that a misspelt key does not compile. */
import { useCallback, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { PLUGIN_ID } from '../plugin-id';
import type en from './en.json';

export type TextKey = keyof typeof en;
export type Text = (key: TextKey, values?: Record<string, string | number>) => string;

export function useText(): Text {
  const { formatMessage } = useIntl();
  return useCallback((key, values) => formatMessage({ id: `${PLUGIN_ID}.${key}` }, values), [formatMessage]);
}

/** For sentences with a link or a list of links in them. */
export function useRichText() {
  const { formatMessage } = useIntl();
  return useCallback(
    (key: TextKey, values: Record<string, ReactNode>): ReactNode => formatMessage({ id: `${PLUGIN_ID}.${key}` }, values),
    [formatMessage],
  );
}

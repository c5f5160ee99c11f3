/** Dates as the reader writes them: the admin's language, the browser's time zone. */
import { useMemo } from 'react';
import { useIntl } from 'react-intl';

export function useDates() {
  const { formatDate } = useIntl();
  return useMemo(
    () => ({
      day: (iso: string) => formatDate(iso, { dateStyle: 'medium' }),
      moment: (iso: string) => formatDate(iso, { dateStyle: 'medium', timeStyle: 'short' }),
      exactMoment: (iso: string) => formatDate(iso, { dateStyle: 'medium', timeStyle: 'medium' }),
    }),
    [formatDate],
  );
}

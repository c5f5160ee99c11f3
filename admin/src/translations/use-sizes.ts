/** Sizes of files as the reader says them; counted like the server does, a megabyte being 1024 × 1024 bytes. */
import { useCallback } from 'react';
import { useIntl } from 'react-intl';

const KB = 1024;
export const MB = 1024 * KB;

export function useSizes() {
  const { formatNumber } = useIntl();
  return useCallback(
    (bytes: number): string => {
      const [count, unit] = bytes < KB ? [bytes, 'byte'] : bytes < MB ? [bytes / KB, 'kilobyte'] : [bytes / MB, 'megabyte'];
      return formatNumber(count, {
        style: 'unit',
        unit,
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits: 1,
      });
    },
    [formatNumber],
  );
}

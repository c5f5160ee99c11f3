/** Tells a sender before the choosing how many files a question takes and how large each may be. */
import { useCallback } from 'react';
import type { FormField } from '../../../server/src/contract';
import { useSizes } from '../translations/use-sizes';
import { useText } from '../translations/use-text';

export function useFileLimitsText() {
  const text = useText();
  const inWords = useSizes();
  return useCallback(
    ({ maxFiles = 1, maxBytes }: FormField): string | null => {
      if (maxBytes !== undefined) return text('address.filesOfSize', { count: maxFiles, size: inWords(maxBytes) });
      return maxFiles > 1 ? text('address.files', { count: maxFiles }) : null;
    },
    [inWords, text],
  );
}

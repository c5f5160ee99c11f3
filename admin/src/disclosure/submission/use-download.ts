/**
 * Downloads one attachment when it is asked for, and never by itself: every download is a recorded act. When the page is left
 * meanwhile, what was on its way is dropped and nothing is saved.
 */
import { useEffect, useRef, useState } from 'react';
import { useAuth } from '@strapi/strapi/admin';
import type { DisclosedFile, FormOrTypeId } from '../../../../server/src/contract';
import { fileAddress } from '../../requests/addresses';
import { fetchFile, FileNotFetched } from '../../requests/fetch-file';
import { useFailureText } from '../../requests/use-failure-text';
import { useText } from '../../translations/use-text';
import { saveFile } from './save-file';

export interface Place {
  formOrType: FormOrTypeId;
  recordId: string;
}

export function useDownload({ formOrType, recordId }: Place, { file, name }: DisclosedFile) {
  const text = useText();
  const failureText = useFailureText();
  const token = useRef<string | null>(null);
  token.current = useAuth('Attachment', (auth) => auth.token);
  const request = useRef<AbortController | null>(null);
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => () => request.current?.abort(), []);

  const inWords = (thrown: unknown): string => {
    if (!(thrown instanceof FileNotFetched)) return text('file.notSaved');
    return thrown.failure === 'broken' ? text('file.broken') : failureText(thrown.failure);
  };

  const download = async () => {
    if (isLoading) return;
    const mine = new AbortController();
    request.current = mine;
    setProblem(null);
    setLoading(true);
    try {
      const content = await fetchFile(fileAddress(formOrType, recordId, file), () => token.current, mine.signal);
      if (!mine.signal.aborted) saveFile(content, name);
    } catch (thrown) {
      if (!mine.signal.aborted) setProblem(inWords(thrown));
    } finally {
      if (!mine.signal.aborted) setLoading(false);
    }
  };

  return { isLoading, problem, download };
}

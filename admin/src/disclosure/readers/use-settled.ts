/** What somebody typed, once they pause: one request a word instead of one a letter. */
import { useEffect, useState } from 'react';

const PAUSE = 300; // milliseconds

export function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}

/**
 * Takes its content away when the browser leaves the page, and makes it anew when the page is shown again. Browsers keep a
 * page whole for a while, so that “Back” from another website shows it at once: without this, with what had been opened,
 * and without a record of it being seen again.
 */
import { useEffect, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';

export function OnlyWhileShown({ children }: { children: ReactNode }) {
  const [isShown, setShown] = useState(true);

  useEffect(() => {
    // At once: what React put off until later would come after the page was kept.
    const leave = () => flushSync(() => setShown(false));
    const comeBack = () => setShown(true);
    window.addEventListener('pagehide', leave);
    window.addEventListener('pageshow', comeBack);
    return () => {
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('pageshow', comeBack);
    };
  }, []);

  return isShown ? <>{children}</> : null;
}

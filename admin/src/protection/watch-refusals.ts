/**
 * Watches every answer the admin receives for a refused change of visibility, whichever screen asked for it. It only
 * looks at a copy: the screen gets its own answer, at once and unchanged, even if the watching fails.
 */
import type { VisibilityRefusalDetails } from '../../../server/src/contract';
import { readRefusal } from './read-refusal';

type OnRefused = (details: VisibilityRefusalDetails) => void;

async function look(copy: Response, onRefused: OnRefused): Promise<void> {
  const details = readRefusal(await copy.json());
  if (details !== null) onRefused(details);
}

// The roles screen uses react-query, the others RTK Query; what they share in Strapi 5.54 is `window.fetch`, which they
// look up at every call.
export function watchRefusals(onRefused: OnRefused): void {
  const original = window.fetch;
  window.fetch = async (...request) => {
    const response = await original.apply(window, request);
    if (response.status === 403) {
      try {
        // Not awaited: the screen must not wait for us. A 403 without JSON is none of our business.
        look(response.clone(), onRefused).catch(() => undefined);
      } catch {
        // A body that cannot be copied any more belongs to somebody else.
      }
    }
    return response;
  };
}

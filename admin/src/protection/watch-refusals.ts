/**
 * Watches every answer the admin receives for a refused change of visibility, whichever screen asked for it. It only
 * looks at a copy: the screen gets its own answer, at once and unchanged, even if the watching fails.
 */
import type { VisibilityRefusalDetails } from '../../../server/src/contract';
import { allowing, type AllowIt } from './allow-it';
import { readRefusal } from './read-refusal';
import { findRest, type Sent } from './save-the-rest';

/**
 * @param saveRest saves what else was in the same save; null where there is nothing else
 * @param allowIt goes through with it, where that is for this person to decide
 */
type OnRefused = (details: VisibilityRefusalDetails, saveRest: (() => Promise<boolean>) | null, allowIt: AllowIt | null) => void;
type Fetch = typeof window.fetch;

const sentBy = ([input, init]: Parameters<Fetch>): Sent | null =>
  init === undefined || input instanceof Request ? null : { url: String(input), init };

async function look(copy: Response, send: Fetch, sent: Sent | null, onRefused: OnRefused): Promise<void> {
  const details = readRefusal(await copy.json());
  if (details === null) return;
  const rest = sent && (await findRest(send, sent, details).catch(() => null));
  onRefused(details, rest, sent && allowing(send, sent, details));
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
        look(response.clone(), original.bind(window), sentBy(request), onRefused).catch(() => undefined);
      } catch {
        // A body that cannot be copied any more belongs to somebody else.
      }
    }
    return response;
  };
}

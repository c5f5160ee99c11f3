/** A decision that a refused save leaves to whoever may take it: written down first, then the same save is sent once more. */
import type { VisibilityRefusalDetails } from '../../../server/src/contract';
import { mayNameAddress } from '../requests/addresses';
import type { Sent } from './save-the-rest';

export type AllowIt = () => Promise<boolean>;

/** @returns null where nobody leaves the decision to this person */
export function allowing(send: typeof window.fetch, { url, init }: Sent, { allow }: VisibilityRefusalDetails): AllowIt | null {
  if (allow === undefined) return null;
  // Where the admin's own server is, and with what the screen signed in, the refused save says.
  const { origin } = new URL(url, window.location.href);
  const decision = new URL(mayNameAddress(allow.role), origin);
  const body = JSON.stringify({ people: allow.people });
  return async () => (await send(decision, { ...init, method: 'POST', body })).ok && (await send(url, init)).ok;
}

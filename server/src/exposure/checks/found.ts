/** How much a fault of the surroundings weighs: much, unless nobody but this machine can reach the site. */
import type { ExposureFinding } from '../../contract';
import { say, type SentenceKey } from '../../sentences';
import type { Strapi } from '../../strapi';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

const isLocalAddress = (address: string): boolean => {
  try {
    return LOOPBACK.test(new URL(address).hostname);
  } catch {
    // A path alone says nothing about the machine.
    return true;
  }
};

/** Where people reach the site and its admin, as the config says it; paths alone are no addresses. */
export const publicAddresses = (strapi: Strapi): string[] =>
  ['server.absoluteUrl', 'admin.absoluteUrl', 'server.url', 'admin.url']
    .map((option) => strapi.config.get<unknown>(option))
    .filter((address): address is string => typeof address === 'string' && /^[a-z][\w+.-]*:\/\//i.test(address));

/** It listens for this machine alone, and no address of it leads anywhere else. */
export const isLocal = (strapi: Strapi): boolean =>
  LOOPBACK.test(String(strapi.config.get('server.host', '0.0.0.0'))) && publicAddresses(strapi).every(isLocalAddress);

type Found = Partial<Pick<ExposureFinding, 'formOrType' | 'href'>> & { values?: Record<string, string | number> };

/** A finding whose sentences are `finding.<code>` and `finding.<code>.step`. */
export const weighed = (
  strapi: Strapi,
  code: string,
  { formOrType = null, href = null, values = {} }: Found,
): ExposureFinding => ({
  code,
  severity: isLocal(strapi) ? 'notice' : 'high',
  formOrType,
  message: say(`finding.${code}` as SentenceKey, values),
  step: say(`finding.${code}.step` as SentenceKey, values),
  href,
});

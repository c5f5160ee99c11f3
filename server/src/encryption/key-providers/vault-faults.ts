/**
 * What an answer of Vault or OpenBao means that is not the one that was asked for. Its text is only looked at, never repeated.
 */
import type { Fault } from '../../fault';
import { doesNotOpen, refused, unavailable } from './provider-faults';

export type Verb = 'encrypt' | 'decrypt';

export interface Answer {
  status: number;
  text: string;
}

interface Asked {
  /** `Vault Transit at https://vault.example.org:8200` */
  here: string;
  id: string;
  mount: string;
  key: string;
  verb: Verb;
}

/** Besides 5xx: time-outs, a node that has not heard of the newest write yet, throttling. */
const MAY_PASS = [408, 412, 425, 429];

/** @returns undefined when the text is not JSON, or has nothing there. */
export const member = (text: string, ...path: string[]): unknown => {
  try {
    return path.reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name], JSON.parse(text));
  } catch {
    return undefined;
  }
};

export const wrongAnswer = (here: string): Fault =>
  refused(
    `${here} answered with something that is not an answer of the Transit engine, and it was not used.`,
    'See that keyProvider.address names Vault or OpenBao itself, and not a proxy or a login page.',
  );

export const faultOf = ({ status, text }: Answer, { here, id, mount, key, verb }: Asked): Fault => {
  const refuse = (deed: string): Fault => refused(`${here} refuses key "${key}" (${status}).`, deed);
  if (status === 200) return wrongAnswer(here);
  if (status === 503) return unavailable(`${here} is sealed or overloaded (503).`);
  if (status >= 500 || MAY_PASS.includes(status)) return unavailable(`${here} does not answer now (${status}).`);
  if (status >= 300 && status < 400)
    return refuse('It sends on to another address: write the address of the node that answers, or of its load balancer.');
  if (status === 401 || status === 403)
    return refuse(
      `The token has expired or was revoked, or its policy does not allow "update" on "${mount}/encrypt/${key}" and "${mount}/decrypt/${key}". Renew the token, or correct the policy.`,
    );
  if (status === 404)
    return refuse(
      `There is no engine at "${mount}": correct keyProvider.mount or keyProvider.namespace, or enable Transit there.`,
    );
  if (status !== 400) return refuse('See the log of Vault.');
  // All of these are 400; only the texts tell them apart.
  const errors = JSON.stringify(member(text, 'errors') ?? null);
  if (errors === 'null') return wrongAnswer(here);
  if (errors.includes('key not found'))
    return refuse(`There is no such key in "${mount}": correct keyProvider.key, or put the key back.`);
  if (errors.includes('too old'))
    return refuse('Its "min_decryption_version" is above the version that wrapped a data key: lower it.');
  if (verb === 'decrypt') return doesNotOpen(id, `"${key}" in ${here}`);
  return refuse('The key must be of a type with associated data, such as "aes256-gcm96", and neither derived nor convergent.');
};

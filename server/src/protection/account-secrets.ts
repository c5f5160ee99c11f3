/**
 * Which columns of accounts, tokens and sessions are secret: whoever knows one of them can become somebody else, a reader of
 * submissions too. The ones of Strapi 5.54 by name, and what a site added to them that is private and called like one.
 */
import { attributesOf, type Attribute, type Strapi } from '../strapi';

const KNOWN: Record<string, readonly string[]> = {
  'admin::user': ['password', 'resetPasswordToken', 'resetPasswordTokenExpiresAt', 'registrationToken'],
  'plugin::users-permissions.user': ['password', 'resetPasswordToken', 'confirmationToken'],
  'admin::api-token': ['accessKey', 'encryptedKey'],
  'admin::transfer-token': ['accessKey'],
  'admin::session': ['sessionId', 'childId', 'deviceId'],
};
export const ACCOUNT_TYPES: readonly string[] = Object.keys(KNOWN);

/** As a word of a name: `apiKey` and `otp_secret`, but no `keynote`. */
const SOUNDS_SECRET = /^(tokens?|keys?|secrets?|passwords?|passcode|hash|salt|otp|pin)$/i;
const wordsOf = (name: string): string[] => name.split(/(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+/);
const HOLDS_TEXT = ['string', 'text', 'password', 'uid', 'email', 'json', 'richtext'];

const isSecret = (uid: string, name: string, { type, private: isPrivate }: Attribute): boolean =>
  type === 'password' ||
  (KNOWN[uid]?.includes(name) ?? false) ||
  (isPrivate === true && HOLDS_TEXT.includes(type) && wordsOf(name).some((word) => SOUNDS_SECRET.test(word)));

const typesOf = (strapi: Strapi) => strapi.contentTypes as unknown as Record<string, { attributes: unknown } | undefined>;

/** Names of the secret attributes of an account type; none of any other type. */
export const secretsOf = (strapi: Strapi, uid: string): string[] => {
  const type = ACCOUNT_TYPES.includes(uid) ? typesOf(strapi)[uid] : undefined;
  if (!type) return [];
  return Object.entries(attributesOf(type)).flatMap(([name, attribute]) => (isSecret(uid, name, attribute) ? [name] : []));
};

/** In `register`: a search in all columns of an account does not look into these. */
export const hideFromSearch = (strapi: Strapi): void => {
  for (const uid of ACCOUNT_TYPES) {
    const type = typesOf(strapi)[uid];
    for (const name of secretsOf(strapi, uid)) if (type) Object.assign(attributesOf(type)[name] ?? {}, { searchable: false });
  }
};

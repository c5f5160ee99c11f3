/** Types that nobody listed and strangers send to, where what they send can be read: what no save was refused for, because it was there. */
import type { ExposureFinding } from '../../contract';
import { configLineOf, entriesOf } from '../../protection';
import { say, type SentenceKey } from '../../sentences';
import type { Strapi } from '../../strapi';
import { audiences, findUnlisted, type Unlisted } from '../unlisted';

const ROLES = '/settings/users-permissions/roles';
const TOKENS = '/settings/api-tokens';

const stepFor = (uid: string): string => {
  const line = configLineOf(uid);
  return line === null ? say('finding.UNLISTED.stepOwn') : say('finding.UNLISTED.step', { line });
};

const finding = (
  { uid, label }: Unlisted,
  code: 'UNLISTED_PUBLIC' | 'UNLISTED_TOKEN' | 'UNLISTED_WEAK',
  values: { count: number; audience: string[]; signs: string[] },
): ExposureFinding => ({
  code,
  severity: code === 'UNLISTED_PUBLIC' ? 'high' : 'notice',
  formOrType: uid,
  message: say(`finding.${code}` satisfies SentenceKey, {
    label,
    count: values.count,
    audience: values.audience.join(', '),
    signs: values.signs.join(', '),
  }),
  step: stepFor(uid),
  href: code === 'UNLISTED_TOKEN' ? TOKENS : ROLES,
});

export const unlistedPublications = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  const found: ExposureFinding[] = [];
  for (const type of await findUnlisted(strapi)) {
    const { uid, visitors, tokens, undecided, signs, decision } = type;
    if (visitors.length + tokens.length === 0) continue;
    const count = (await entriesOf(strapi, uid)).submissions;
    if (undecided.length > 0 && visitors.length > 0) {
      found.push(finding(type, 'UNLISTED_PUBLIC', { count, audience: audiences(visitors), signs: undecided }));
    }
    if (undecided.length > 0 && tokens.length > 0) {
      found.push(finding(type, 'UNLISTED_TOKEN', { count, audience: audiences(tokens), signs: undecided }));
    }
    if (signs.strong.length === 0 && signs.weak.length > 0 && !decision && visitors.length > 0) {
      found.push(finding(type, 'UNLISTED_WEAK', { count, audience: audiences(visitors), signs: signs.weak }));
    }
  }
  return found;
};

/** What was deleted past the plugin on one side only: in Strapi's table, or in the vault. */
import type { ExposureFinding } from '../../contract';
import { protectedTypes } from '../../protection';
import { say } from '../../sentences';
import type { Strapi } from '../../strapi';
import { vaultOf } from '../../vault';

export const orphans = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  const found: ExposureFinding[] = [];
  for (const { uid, label } of protectedTypes(strapi).values()) {
    const { withoutHusk, withoutRecord } = await vaultOf(strapi).orphans(uid);
    const sides = [
      { code: 'HUSK_MISSING', count: withoutHusk.total, href: `/plugins/form-guard/inbox/${encodeURIComponent(uid)}` },
      { code: 'RECORD_MISSING', count: withoutRecord.total, href: null },
    ] as const;
    for (const { code, count, href } of sides.filter((side) => side.count > 0)) {
      const [message, step] = [say(`finding.${code}`, { count, label }), say(`finding.${code}.step`)];
      found.push({ code, severity: 'high', formOrType: uid, message, step, href });
    }
  }
  return found;
};

/**
 * What the database itself does with the tables of the plugin and of wrapped types, besides what it is asked: triggers, rules and policies
 * can copy a row, change it, hide it, or take an entry of the record back. Strapi makes none.
 */
import type { ExposureFinding } from '../../contract';
import { inOneLine } from '../../plain-words';
import { protectedTypes } from '../../protection';
import { say } from '../../sentences';
import { rowsOfSql, type Strapi } from '../../strapi';

interface Found {
  kind: string;
  name: string;
  on: string;
}

/** Each answers with every table there is; which of them are ours is for `codeInDatabase`. */
const QUERIES: Record<string, string> = {
  sqlite: `SELECT 'TRIGGER' AS "kind", name AS "name", tbl_name AS "on" FROM sqlite_master WHERE type = 'trigger'`,
  mysql: `SELECT 'TRIGGER' AS \`kind\`, TRIGGER_NAME AS \`name\`, EVENT_OBJECT_TABLE AS \`on\`
    FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = DATABASE()`,
  // Those that keep foreign keys are internal; a rule on a view is the view itself.
  postgres: `SELECT found.kind AS "kind", found.name AS "name", found.relname AS "on" FROM (
      SELECT 'TRIGGER' AS kind, tgname::text AS name, relname::text AS relname, relnamespace
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal
      UNION ALL
      SELECT 'RULE', rulename::text, relname::text, relnamespace
        FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class WHERE relkind <> 'v' AND relkind <> 'm'
      UNION ALL
      SELECT 'POLICY', polname::text, relname::text, relnamespace
        FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
      UNION ALL
      SELECT 'ROW LEVEL SECURITY', '', relname::text, relnamespace FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p')
    ) AS found JOIN pg_namespace ON pg_namespace.oid = found.relnamespace
    WHERE nspname = `,
};

const all = (strapi: Strapi): Promise<Found[]> => {
  const { client } = strapi.db.dialect;
  const query = QUERIES[client] ?? '';
  if (client !== 'postgres') return rowsOfSql<Found>(strapi, query, []);
  const schema = strapi.db.getSchemaName();
  return schema ? rowsOfSql<Found>(strapi, `${query}?`, [schema]) : rowsOfSql<Found>(strapi, `${query}current_schema()`, []);
};

const SHOWN = 10;
/** @returns `TRIGGER forget on form_guard_audit`; names are of whoever made them */
export const codeInDatabase = async (strapi: Strapi): Promise<string[]> => {
  const husks = new Set([...protectedTypes(strapi).keys()].map((uid) => strapi.db.metadata.get(uid).tableName));
  const ours = (await all(strapi)).filter(({ on }) => /^form_guard_/i.test(on) || husks.has(on));
  const named = ours.map(({ kind, name, on }) => inOneLine([kind, name, 'on', on].filter(Boolean).join(' '), 200)).sort();
  return named.length > SHOWN ? [...named.slice(0, SHOWN), '…'] : named;
};

export const codeOnTables = async (strapi: Strapi): Promise<ExposureFinding[]> => {
  const named = await codeInDatabase(strapi);
  if (named.length === 0) return [];
  return [
    {
      code: 'DATABASE_CODE',
      severity: 'high',
      formOrType: null,
      message: say('finding.DATABASE_CODE', { names: named.join(', ') }),
      step: say('finding.DATABASE_CODE.step'),
      href: null,
    },
  ];
};

/** At each boot, in the log. */
export const tellCodeOnTables = async (strapi: Strapi): Promise<void> => {
  const named = await codeInDatabase(strapi);
  if (named.length > 0)
    strapi.log.error(
      `Form Guard: the database does something of its own on tables with submissions or with the record of who opened them: ${named.join(', ')}. Find out who put it there, and drop it.`,
    );
};

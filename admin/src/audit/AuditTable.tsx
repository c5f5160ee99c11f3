/** The entries themselves: number, time, who, what, and to which form it belongs. */
import type { AuditEntry } from '../../../server/src/contract';
import { Empty } from '../layout/Empty';
import { InnerLink } from '../layout/InnerLink';
import { PlainTable } from '../layout/PlainTable';
import { When } from '../layout/When';
import { auditPageOf } from '../pages';
import { useText } from '../translations/use-text';
import { Who } from './Who';

export function AuditTable({ entries }: { entries: AuditEntry[] }) {
  const text = useText();
  if (entries.length === 0) return <Empty>{text('audit.none')}</Empty>;
  return (
    <PlainTable
      caption={text('audit.title')}
      columns={[
        text('audit.column.number'),
        text('audit.column.when'),
        text('audit.column.who'),
        text('audit.column.what'),
        text('audit.column.form'),
      ]}
    >
      {entries.map(({ seq, at, actor, sentence, isWritten, formOrType, label }) => (
        <tr key={seq}>
          <th scope="row">{seq}</th>
          <td>
            <When at={at} as="exactMoment" />
          </td>
          <td>{isWritten ? <Who actor={actor} /> : text('audit.notWritten')}</td>
          <td>{sentence}</td>
          <td>
            {formOrType !== null && (
              <InnerLink to={auditPageOf(formOrType)} label={text('audit.only', { label: label ?? text('audit.gone') })}>
                {label ?? text('audit.gone')}
              </InnerLink>
            )}
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

/** Says in one line whether the record can be relied on, and where it cannot. */
import type { AuditPage } from '../../../server/src/contract';
import { Note } from '../layout/Note';
import { useText } from '../translations/use-text';

export function ChainState({ chain: { intact, brokenAt, checked } }: Pick<AuditPage, 'chain'>) {
  const text = useText();
  if (intact) return <Note tone="done">{text('audit.intact', { count: checked })}</Note>;
  return (
    <Note tone="danger" title={text('audit.broken')}>
      {brokenAt === null ? text('audit.askMaintainer') : text('audit.brokenAt', { number: brokenAt })}
    </Note>
  );
}

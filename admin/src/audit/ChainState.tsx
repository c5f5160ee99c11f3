/** Says whether the record can be relied on, how far that was looked at and when, and where it cannot. */
import type { AuditPage } from '../../../server/src/contract';
import { Note } from '../layout/Note';
import { When } from '../layout/When';
import { useText } from '../translations/use-text';

function HowFar({ chain: { entries, readUpTo, wholeAt } }: Pick<AuditPage, 'chain'>) {
  const text = useText();
  if (wholeAt === null) return <>{text('audit.readSoFar', { upTo: readUpTo, count: entries })}</>;
  return (
    <>
      {text('audit.readWhole', { upTo: readUpTo })} <When at={wholeAt} as="exactMoment" />
    </>
  );
}

export function ChainState({ chain }: Pick<AuditPage, 'chain'>) {
  const text = useText();
  const { intact, brokenAt, isShut, checked } = chain;
  if (intact)
    return (
      <Note tone="done">
        {text('audit.intact', { count: checked })} <HowFar chain={chain} />
      </Note>
    );
  return (
    <Note tone="danger" title={text('audit.broken')}>
      {brokenAt === null ? text('audit.askMaintainer') : text('audit.brokenAt', { number: brokenAt })}{' '}
      {text(isShut ? 'audit.isShut' : 'audit.isOpen')}
    </Note>
  );
}

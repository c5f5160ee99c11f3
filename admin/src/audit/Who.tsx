/** Who did it. The account's number stands there too: names are what their bearers choose, and addresses change. */
import type { AuditEntry } from '../../../server/src/contract';
import { useText } from '../translations/use-text';

export function Who({ actor: { kind, id, name } }: Pick<AuditEntry, 'actor'>) {
  const text = useText();
  if (kind === 'admin' && id !== null)
    return <>{name === null ? text('audit.who.adminWithId', { id }) : text('audit.who.named', { name, id })}</>;
  return <>{name ?? text(`audit.who.${kind}`)}</>;
}

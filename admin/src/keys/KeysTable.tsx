/** One row a form or type: its key, what is under older ones, and what can be done about it. */
import { Flex } from '@strapi/design-system';
import type { KeysOverview, SourceSummary } from '../../../server/src/contract';
import { PlainTable } from '../layout/PlainTable';
import { When } from '../layout/When';
import { destroyOlderKeysAddress, rotateKeysAddress } from '../requests/addresses';
import { useText } from '../translations/use-text';
import { ChangeKeys } from './ChangeKeys';
import { WorkState } from './WorkState';

interface Props {
  keys: KeysOverview[];
  /** For the names; a form that is not there any more goes by its id. */
  sources: SourceSummary[];
  onChanged: (answer: { data: KeysOverview[] }) => void;
}

export function KeysTable({ keys, sources, onChanged }: Props) {
  const text = useText();
  const columns = [
    text('keys.form'),
    text('keys.since'),
    text('keys.older'),
    text('keys.state'),
    { hidden: text('keys.actions') },
  ];
  return (
    <PlainTable caption={text('keys.caption')} columns={columns}>
      {keys.map(({ formOrType, since, older, work }) => {
        const label = sources.find(({ id }) => id === formOrType)?.label ?? formOrType;
        const isUnderWay = work !== null && work.phase !== 'done';
        return (
          <tr key={formOrType}>
            <th scope="row">{label}</th>
            <td>{since === null ? '—' : <When at={since} as="day" />}</td>
            <td>{older}</td>
            <td>
              <WorkState older={older} work={work} label={label} />
            </td>
            <td>
              <Flex gap={2} justifyContent="flex-end">
                <ChangeKeys deed="rotate" label={label} address={rotateKeysAddress(formOrType)} onChanged={onChanged} />
                {older > 0 && !isUnderWay && (
                  <ChangeKeys deed="destroy" label={label} address={destroyOlderKeysAddress(formOrType)} onChanged={onChanged} />
                )}
              </Flex>
            </td>
          </tr>
        );
      })}
    </PlainTable>
  );
}

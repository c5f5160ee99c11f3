/** What was deleted here and can still be taken back: references and dates, and no value of a submission. */
import { Flex, Typography } from '@strapi/design-system';
import { useParams } from 'react-router-dom';
import type { BinPage as Bin, FormOrTypeId } from '../../../../server/src/contract';
import { Empty } from '../../layout/Empty';
import { PageNumbers } from '../../layout/PageNumbers';
import { PlainTable } from '../../layout/PlainTable';
import { Screen } from '../../layout/Screen';
import { When } from '../../layout/When';
import { WhenLoaded } from '../../layout/WhenLoaded';
import { inboxPage } from '../../pages';
import { binAddress } from '../../requests/addresses';
import { useLoaded } from '../../requests/use-loaded';
import { usePageQuery } from '../../requests/use-page-query';
import { useText } from '../../translations/use-text';
import { NotNamed } from '../inbox/NotNamed';
import { isNoReaderOfAll, isNotNamed } from '../is-not-named';
import { OnlyWhileShown } from '../OnlyWhileShown';
import { EraseNow, TakeBack } from './BinDeeds';

const NO_FILTERS = [] as const;

export function BinPage() {
  const { formOrType = '' } = useParams();
  return (
    <OnlyWhileShown>
      <OneBin key={formOrType} formOrType={formOrType} />
    </OnlyWhileShown>
  );
}

function OneBin({ formOrType }: { formOrType: FormOrTypeId }) {
  const text = useText();
  const { page } = usePageQuery(NO_FILTERS);
  const bin = useLoaded<Bin>(binAddress(formOrType, page));
  if (bin.loaded.status === 'failed' && (isNotNamed(bin.loaded.failure) || isNoReaderOfAll(bin.loaded.failure)))
    return <NotNamed formOrType={formOrType} failure={bin.loaded.failure} />;
  const label = bin.loaded.status === 'ready' ? bin.loaded.answer.source.label : null;
  return (
    <Screen
      title={label === null ? text('bin.title') : text('bin.titleOf', { label })}
      {...(bin.loaded.status === 'ready' ? { subtitle: text('bin.found', { count: bin.loaded.answer.pagination.total }) } : {})}
      backTo={inboxPage(formOrType)}
    >
      <WhenLoaded of={bin}>
        {(answer) => (
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Typography>{text('bin.explained', { days: answer.days })}</Typography>
            {answer.data.length === 0 ? (
              <Empty>{text('bin.none')}</Empty>
            ) : (
              <div>
                <Deleted formOrType={formOrType} bin={answer} onChanged={bin.reload} />
                <PageNumbers of={answer.pagination} />
              </div>
            )}
          </Flex>
        )}
      </WhenLoaded>
    </Screen>
  );
}

interface Props {
  formOrType: FormOrTypeId;
  bin: Bin;
  onChanged: () => void;
}

function Deleted({ formOrType, bin, onChanged }: Props) {
  const text = useText();
  return (
    <PlainTable
      caption={text('bin.titleOf', { label: bin.source.label })}
      columns={[
        text('inbox.column.reference'),
        text('inbox.column.received'),
        text('bin.column.deleted'),
        text('bin.column.by'),
        text('bin.column.erased'),
        { hidden: text('bin.column.deeds') },
      ]}
    >
      {bin.data.map(({ recordId, reference, receivedAt, deletedAt, deletedBy, erasedAt }) => (
        <tr key={recordId}>
          <th scope="row">{reference}</th>
          <td>
            <When at={receivedAt} as="moment" />
          </td>
          <td>
            <When at={deletedAt} as="moment" />
          </td>
          <td>{deletedBy}</td>
          <td>
            <When at={erasedAt} as="day" />
          </td>
          <td>
            <Flex gap={2} wrap="wrap" justifyContent="flex-end">
              <TakeBack formOrType={formOrType} recordId={recordId} reference={reference} onDone={onChanged} />
              <EraseNow formOrType={formOrType} recordId={recordId} reference={reference} onDone={onChanged} />
            </Flex>
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

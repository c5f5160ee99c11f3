/** Every naming of a reader, also those that ended: who, for which answers, from when, until when, by whom. */
import { Flex, Typography } from '@strapi/design-system';
import type { Grant, ReadersPage } from '../../../../server/src/contract';
import { Badge, type BadgeLook } from '../../layout/Badge';
import { Empty } from '../../layout/Empty';
import { PlainTable } from '../../layout/PlainTable';
import { When } from '../../layout/When';
import { useText } from '../../translations/use-text';
import { ConfirmReader, isToConfirm } from './ConfirmReader';
import { RemoveReader } from './RemoveReader';
import { WaitsBecause } from './WaitsBecause';

// The blue and the red badge of design-system 2.2 cannot be read (2.4:1 in the dark look, 3.9:1); their lighter grounds can.
const LOOKS: Record<Grant['status'], BadgeLook> = {
  current: { variant: 'success' },
  upcoming: { backgroundColor: 'primary100', textColor: 'primary700' },
  ended: { variant: 'neutral' },
  removed: { variant: 'neutral' },
  invalid: { backgroundColor: 'danger100', textColor: 'danger700' },
  suspended: { backgroundColor: 'danger100', textColor: 'danger700' },
  pending: { backgroundColor: 'primary100', textColor: 'primary700' },
};

function StatusBadge({ status }: Pick<Grant, 'status'>) {
  const text = useText();
  return <Badge {...LOOKS[status]}>{text(`readers.status.${status}`)}</Badge>;
}

interface Props {
  readers: ReadersPage;
  onChanged: (readers: ReadersPage) => void;
}

function Row({ grant, readers, onChanged }: Props & { grant: Grant }) {
  const text = useText();
  const { person, fields, status } = grant;
  const labelOf = (name: string) => readers.fields.find((field) => field.name === name)?.label ?? name;
  const mayConfirm = readers.mayName && isToConfirm(grant, readers.you);
  const mayRemove = readers.mayName && status !== 'removed' && status !== 'ended';
  return (
    <tr>
      <th scope="row">
        <Typography tag="p" fontWeight="semiBold">
          {person?.name ?? text('readers.gone')}
        </Typography>
        {person !== null && (
          <Typography tag="p" variant="pi" textColor="neutral600">
            {person.email}
          </Typography>
        )}
        {person !== null && !person.active && status !== 'suspended' && (
          <Typography tag="p" variant="pi" textColor="neutral600">
            {text('readers.inactive')}
          </Typography>
        )}
      </th>
      <td>{fields === null ? text('readers.allFields') : fields.map(labelOf).join(', ')}</td>
      <td>
        <When at={grant.from} as="day" />
      </td>
      <td>{grant.until === null ? text('readers.noEnd') : <When at={grant.until} as="day" />}</td>
      <td>
        <Typography tag="p">{grant.givenBy}</Typography>
        <Typography tag="p" variant="pi" textColor="neutral600">
          <When at={grant.givenAt} as="day" />
        </Typography>
      </td>
      <td>
        {status === 'current' && readers.isShut ? <Badge>{text('readers.status.shut')}</Badge> : <StatusBadge status={status} />}
        <WaitsBecause grant={grant} you={readers.you} />
      </td>
      <td>
        <Flex gap={2} wrap="wrap">
          {mayConfirm && <ConfirmReader grant={grant} readers={readers} onConfirmed={onChanged} />}
          {mayRemove && <RemoveReader grant={grant} label={readers.source.label} onRemoved={onChanged} />}
        </Flex>
      </td>
    </tr>
  );
}

export function GrantsTable({ readers, onChanged }: Props) {
  const text = useText();
  if (readers.data.length === 0) return <Empty>{text('readers.none')}</Empty>;
  return (
    <PlainTable
      caption={text('readers.titleOf', { label: readers.source.label })}
      columns={[
        text('readers.column.person'),
        text('readers.column.fields'),
        text('readers.column.from'),
        text('readers.column.until'),
        text('readers.column.givenBy'),
        text('readers.column.status'),
        { hidden: text('readers.column.remove') },
      ]}
    >
      {readers.data.map((grant) => (
        <Row key={grant.id} grant={grant} readers={readers} onChanged={onChanged} />
      ))}
    </PlainTable>
  );
}

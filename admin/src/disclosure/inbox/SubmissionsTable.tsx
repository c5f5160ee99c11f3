/** One row a submission; opening it is a link, and the row around it is only a larger target for the mouse. */
import { Checkbox, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useNavigate } from 'react-router-dom';
import type { FormOrTypeId, InboxPage, SubmissionRow } from '../../../../server/src/contract';
import { Empty } from '../../layout/Empty';
import { InnerLink } from '../../layout/InnerLink';
import { PlainTable } from '../../layout/PlainTable';
import { When } from '../../layout/When';
import { submissionPage } from '../../pages';
import { useText } from '../../translations/use-text';
import { dayOf } from '../readers/until';
import { StateBadge } from '../StateBadge';

const ClickableRow = styled.tr`
  cursor: pointer;

  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }
`;

interface RowProps {
  formOrType: FormOrTypeId;
  row: SubmissionRow;
  isPicked: boolean;
  /** null where nothing can be done with what is picked. */
  onPick: ((isPicked: boolean) => void) | null;
}

function Row({ formOrType, row, isPicked, onPick }: RowProps) {
  const text = useText();
  const navigate = useNavigate();
  const page = submissionPage(formOrType, row.recordId);
  return (
    <ClickableRow
      onClick={(event) => {
        // The link inside answers for itself, also for a new tab.
        if (!(event.target instanceof Element && event.target.closest('a, button, label'))) navigate(page);
      }}
    >
      {onPick !== null && (
        <td>
          <Checkbox
            aria-label={text('inbox.pick', { reference: row.reference })}
            checked={isPicked}
            onCheckedChange={(checked) => onPick(checked === true)}
          />
        </td>
      )}
      <th scope="row">
        <InnerLink to={page} label={text('inbox.open', { reference: row.reference })}>
          {row.reference}
        </InnerLink>
      </th>
      <td>
        <When at={row.receivedAt} as="moment" />
      </td>
      <td>
        <StateBadge state={row.state} />
      </td>
      <td>{row.assignedTo === null ? '' : row.assignedTo.name || text('readers.gone')}</td>
      <td>{row.dueOn !== null && <Due row={row} />}</td>
    </ClickableRow>
  );
}

/** Said in words as well, not by the colour alone. */
function Due({ row: { dueOn, state } }: { row: SubmissionRow }) {
  const text = useText();
  const day = dueOn ?? '';
  const isOverdue = day < dayOf(new Date()) && (state === 'new' || state === 'open');
  return (
    <Typography {...(isOverdue ? { textColor: 'danger700', fontWeight: 'semiBold' } : {})}>
      <When at={`${day}T12:00:00`} as="day" />
      {isOverdue && ` ${text('inbox.overdue')}`}
    </Typography>
  );
}

interface Props {
  formOrType: FormOrTypeId;
  inbox: InboxPage;
  picked: readonly string[];
  onPick: (picked: readonly string[]) => void;
  isNarrowed: boolean;
}

export function SubmissionsTable({ formOrType, inbox, isNarrowed, picked, onPick }: Props) {
  const text = useText();
  if (inbox.data.length === 0) return <Empty>{text(isNarrowed ? 'inbox.noneFound' : 'inbox.none')}</Empty>;
  return (
    <PlainTable
      caption={text('inbox.titleOf', { label: inbox.source.label })}
      columns={[
        ...(inbox.mayExport ? [{ hidden: text('inbox.column.pick') }] : []),
        text('inbox.column.reference'),
        text('inbox.column.received'),
        text('inbox.column.state'),
        text('inbox.column.assigned'),
        text('inbox.column.due'),
      ]}
    >
      {inbox.data.map((row) => (
        <Row
          key={row.recordId}
          formOrType={formOrType}
          row={row}
          isPicked={picked.includes(row.recordId)}
          onPick={
            inbox.mayExport
              ? (isPicked) => onPick(isPicked ? [...picked, row.recordId] : picked.filter((one) => one !== row.recordId))
              : null
          }
        />
      ))}
    </PlainTable>
  );
}

/** One row a submission; opening it is a link, and the row around it is only a larger target for the mouse. */
import { styled } from 'styled-components';
import { useNavigate } from 'react-router-dom';
import type { FormOrTypeId, InboxPage, SubmissionRow } from '../../../../server/src/contract';
import { Empty } from '../../layout/Empty';
import { InnerLink } from '../../layout/InnerLink';
import { PlainTable } from '../../layout/PlainTable';
import { When } from '../../layout/When';
import { submissionPage } from '../../pages';
import { useText } from '../../translations/use-text';
import { StateBadge } from '../StateBadge';

const ClickableRow = styled.tr`
  cursor: pointer;

  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }
`;

function Row({ formOrType, row }: { formOrType: FormOrTypeId; row: SubmissionRow }) {
  const text = useText();
  const navigate = useNavigate();
  const page = submissionPage(formOrType, row.recordId);
  return (
    <ClickableRow
      onClick={(event) => {
        // The link inside answers for itself, also for a new tab.
        if (!(event.target instanceof Element && event.target.closest('a'))) navigate(page);
      }}
    >
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
    </ClickableRow>
  );
}

interface Props {
  formOrType: FormOrTypeId;
  inbox: InboxPage;
  isNarrowed: boolean;
}

export function SubmissionsTable({ formOrType, inbox, isNarrowed }: Props) {
  const text = useText();
  if (inbox.data.length === 0) return <Empty>{text(isNarrowed ? 'inbox.noneFound' : 'inbox.none')}</Empty>;
  return (
    <PlainTable
      caption={text('inbox.titleOf', { label: inbox.source.label })}
      columns={[text('inbox.column.reference'), text('inbox.column.received'), text('inbox.column.state')]}
    >
      {inbox.data.map((row) => (
        <Row key={row.recordId} formOrType={formOrType} row={row} />
      ))}
    </PlainTable>
  );
}

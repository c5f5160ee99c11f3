/** Every form and wrapped content type in one list: how much lies there, who may read it, and the ways in. */
import { Flex, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import type { Overview, SourceSummary } from '../../../server/src/contract';
import { Badge } from '../layout/Badge';
import { Empty } from '../layout/Empty';
import { InnerLink, InnerLinkButton } from '../layout/InnerLink';
import { PlainTable } from '../layout/PlainTable';
import { formPageOf, inboxPage, newFormPage, readersPage, sharePage, whoCanReadPage } from '../pages';
import { useDates } from '../translations/use-dates';
import { useText } from '../translations/use-text';

function OpenState({ open }: Pick<SourceSummary, 'open'>) {
  const text = useText();
  if (open === null) return <Typography textColor="neutral600">{text('sources.onItsOwnPages')}</Typography>;
  return open ? (
    <Badge variant="success">{text('sources.open')}</Badge>
  ) : (
    <Badge variant="neutral">{text('sources.closed')}</Badge>
  );
}

type YouMay = Overview['youMay'];

function Source({ source, youMay }: { source: SourceSummary; youMay: YouMay }) {
  const text = useText();
  const dates = useDates();
  const { id, label } = source;
  const editPage = youMay.manageForms ? formPageOf(id) : null;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{text(`sources.kind.${source.kind}`)}</td>
      <td>
        <OpenState open={source.open} />
      </td>
      <td>
        <Typography tag="p">{text('sources.count', { count: source.submissions })}</Typography>
        {source.latest !== null && (
          <Typography tag="p" variant="pi" textColor="neutral600">
            {text('sources.latest', { when: dates.day(source.latest) })}
          </Typography>
        )}
      </td>
      <td>{source.readers === null ? text('sources.notKnown') : text('sources.readers', { count: source.readers })}</td>
      <td>{text(source.youMayRead ? 'yes' : 'no')}</td>
      <td>
        <Flex gap={4} wrap="wrap">
          {source.youMayRead && (
            <InnerLink to={inboxPage(id)} label={text('sources.inboxOf', { label })}>
              {text('sources.inbox')}
            </InnerLink>
          )}
          <InnerLink
            to={youMay.nameReaders ? sharePage(id) : readersPage(id)}
            label={text(youMay.nameReaders ? 'sources.shareOf' : 'sources.readersOf', { label })}
          >
            {text(youMay.nameReaders ? 'sources.share' : 'sources.readersLink')}
          </InnerLink>
          {youMay.nameReaders && (
            <InnerLink to={whoCanReadPage(id)} label={text('sources.whoOf', { label })}>
              {text('sources.who')}
            </InnerLink>
          )}
          {editPage !== null && (
            <InnerLink to={editPage} label={text('sources.editOf', { label })}>
              {text('sources.edit')}
            </InnerLink>
          )}
        </Flex>
      </td>
    </tr>
  );
}

export function SourcesTable({ sources, youMay }: { sources: SourceSummary[]; youMay: YouMay }) {
  const text = useText();
  if (sources.length === 0) {
    return (
      <Empty
        action={
          youMay.manageForms && (
            <InnerLinkButton to={newFormPage} variant="secondary" startIcon={<Plus />}>
              {text('overview.newForm')}
            </InnerLinkButton>
          )
        }
      >
        {text('sources.none')}
      </Empty>
    );
  }
  return (
    <PlainTable
      caption={text('sources.caption')}
      columns={[
        text('sources.column.name'),
        text('sources.column.kind'),
        text('sources.column.state'),
        text('sources.column.submissions'),
        text('sources.column.readers'),
        text('sources.column.youMayRead'),
        { hidden: text('sources.column.ways') },
      ]}
    >
      {sources.map((source) => (
        <Source key={source.id} source={source} youMay={youMay} />
      ))}
    </PlainTable>
  );
}

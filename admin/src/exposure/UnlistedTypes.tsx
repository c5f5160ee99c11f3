/**
 * Types that are not protected and that strangers can send to: who reads them, and what was decided. Decisions stand here for as long as
 * they are there, and go with one click.
 */
import { useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useFetchClient, useNotification } from '@strapi/strapi/admin';
import type { Overview, UnlistedType } from '../../../server/src/contract';
import { Badge } from '../layout/Badge';
import { Panel } from '../layout/Panel';
import { PlainTable } from '../layout/PlainTable';
import { ConfigLine } from '../publications/ConfigLine';
import { Reason } from '../publications/Reason';
import { publicationAddress } from '../requests/addresses';
import { useFailureNotice } from '../requests/use-failure-text';
import { useDates } from '../translations/use-dates';
import { useText } from '../translations/use-text';

type YouMay = Overview['youMay'];
interface Props {
  types: UnlistedType[];
  youMay: YouMay;
  /** What is open changes with every decision. */
  onChanged: () => void;
}

const LOOKS = {
  open: 'danger',
  weak: 'warning',
  harmless: 'neutral',
  tokens: 'warning',
  closed: 'success',
  decided: 'neutral',
} as const;

function Decision({ type }: { type: UnlistedType }) {
  const text = useText();
  const dates = useDates();
  const { decision, state } = type;
  return (
    <>
      <Badge variant={LOOKS[state]}>{text(`publications.state.${state}`)}</Badge>
      {decision !== null && (
        <>
          <Typography tag="p" paddingTop={1}>
            {text('publications.because', { reason: decision.reason })}
          </Typography>
          <Typography tag="p" variant="pi" textColor="neutral600">
            {decision.by === null || decision.at === null
              ? text('publications.inConfig')
              : text('publications.decidedBy', { name: decision.by, when: dates.day(decision.at) })}
          </Typography>
        </>
      )}
    </>
  );
}

function TakeBack({ type: { formOrType, label }, onChanged }: { type: UnlistedType; onChanged: () => void }) {
  const text = useText();
  const { del } = useFetchClient();
  const { toggleNotification } = useNotification();
  const tellFailure = useFailureNotice(toggleNotification);
  const takeBack = async () => {
    try {
      await del(publicationAddress(formOrType));
      toggleNotification({ type: 'success', message: text('publications.takenBack', { label }) });
      onChanged();
    } catch (thrown) {
      tellFailure(thrown);
    }
  };
  return (
    <Button
      variant="danger-light"
      size="S"
      aria-label={text('publications.takeBackOf', { label })}
      onClick={() => void takeBack()}
    >
      {text('publications.takeBack')}
    </Button>
  );
}

function Row({
  type,
  youMay,
  onAsk,
  onChanged,
}: {
  type: UnlistedType;
  youMay: YouMay;
  onAsk: () => void;
  onChanged: () => void;
}) {
  const text = useText();
  const { label, formOrType, attributes, weakAttributes, entries, senders, readers, state, decision } = type;
  const personal = attributes.length > 0 ? attributes : weakAttributes;
  const list = (words: string[]) => words.join(', ') || text('publications.nobody');
  return (
    <tr>
      <th scope="row">
        {label}
        <Typography tag="p" variant="pi" textColor="neutral600">
          {formOrType}
        </Typography>
      </th>
      <td>{text('publications.entries', { count: entries })}</td>
      <td>{personal.join(', ') || text('publications.nothingPersonal')}</td>
      <td>{list(senders)}</td>
      <td>{list(readers)}</td>
      <td>
        <Decision type={type} />
      </td>
      <td>
        <Flex gap={2} wrap="wrap">
          {state !== 'decided' && (
            <Button variant="tertiary" size="S" aria-label={text('publications.whatAbout', { label })} onClick={onAsk}>
              {text('publications.what')}
            </Button>
          )}
          {decision !== null && decision.by !== null && youMay.takeBackPublic && <TakeBack type={type} onChanged={onChanged} />}
        </Flex>
      </td>
    </tr>
  );
}

function Chosen({ type, youMay, onChanged }: { type: UnlistedType; youMay: YouMay; onChanged: () => void }) {
  const text = useText();
  return (
    <Panel title={text('publications.waysOut', { label: type.label })}>
      <Flex direction="column" alignItems="stretch" gap={6}>
        {type.configLine === null ? (
          <Typography>{text('publications.strapisOwn')}</Typography>
        ) : (
          <ConfigLine line={type.configLine} />
        )}
        {youMay.decidePublic ? (
          <Reason type={type} onDecided={onChanged} />
        ) : (
          <Typography textColor="neutral600">{text('publications.onlySuperAdmins')}</Typography>
        )}
      </Flex>
    </Panel>
  );
}

export function UnlistedTypes({ types, youMay, onChanged }: Props) {
  const text = useText();
  const [asked, setAsked] = useState<string | null>(null);
  if (types.length === 0) return null;
  const chosen = types.find(({ formOrType, state }) => formOrType === asked && state !== 'decided');
  return (
    <Flex tag="section" aria-labelledby="form-guard-unlisted" direction="column" alignItems="stretch" gap={3}>
      <Box>
        <Typography tag="h2" variant="delta" id="form-guard-unlisted">
          {text('publications.title')}
        </Typography>
        <Typography tag="p" textColor="neutral600">
          {text('publications.intro')}
        </Typography>
      </Box>
      <PlainTable
        caption={text('publications.title')}
        columns={[
          text('publications.column.type'),
          text('publications.column.entries'),
          text('publications.column.personal'),
          text('publications.column.senders'),
          text('publications.column.readers'),
          text('publications.column.decision'),
          { hidden: text('sources.column.ways') },
        ]}
      >
        {types.map((type) => (
          <Row key={type.formOrType} type={type} youMay={youMay} onChanged={onChanged} onAsk={() => setAsked(type.formOrType)} />
        ))}
      </PlainTable>
      {chosen && <Chosen key={chosen.formOrType} type={chosen} youMay={youMay} onChanged={onChanged} />}
    </Flex>
  );
}

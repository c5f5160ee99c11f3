/** The answer in one line: how many can read, and who they are. */
import { Typography } from '@strapi/design-system';
import { FormattedList } from 'react-intl';
import type { WhoCanRead } from '../../../../server/src/contract';
import { Note } from '../../layout/Note';
import { useText } from '../../translations/use-text';
import { useReaderWords } from './use-reader-words';

export function WhoReads({ of: { readers, submissions, plain, isShut }, title }: { of: WhoCanRead; title?: string }) {
  const text = useText();
  const { who } = useReaderWords();
  const reading = readers.filter(({ reads }) => reads);
  const isOpen = reading.some(({ because }) => because === 'open');
  const isNobody = isShut && !isOpen;
  const tone = isOpen || isShut ? 'danger' : reading.length === 0 && submissions > 0 ? 'warning' : 'calm';
  const answer = isOpen ? text('who.open') : text(isNobody ? 'shut.nobody' : 'who.answer', { count: reading.length });
  return (
    <Note tone={tone} title={title ?? answer}>
      {title !== undefined && answer} {isNobody && text('shut.why')}{' '}
      {reading.length > 0 && <FormattedList value={reading.map(who)} />}
      {plain !== null && (
        <Typography tag="p">
          {text('who.plain', { people: plain.people })} <FormattedList value={plain.fields} />
        </Typography>
      )}
    </Note>
  );
}

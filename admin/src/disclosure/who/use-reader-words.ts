/** Who somebody is, and why they can or cannot read, each in one sentence; the same on screen and in the saved list. */
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { PossibleReader } from '../../../../server/src/contract';
import { useDates } from '../../translations/use-dates';
import { useText } from '../../translations/use-text';

export function useReaderWords() {
  const text = useText();
  const dates = useDates();
  const { formatList } = useIntl();
  return useMemo(() => {
    const who = ({ kind, name }: PossibleReader): string =>
      kind === 'person' ? (name ?? '') : text(`who.kind.${kind}`, { name: name ?? '' });
    const named = ({ at, givenBy, fields }: PossibleReader): string[] => [
      at === null
        ? text('who.because.namedForGood', { by: givenBy ?? '' })
        : text('who.because.named', { by: givenBy ?? '', at: dates.day(at) }),
      ...(fields === null ? [] : [text('who.onlyFields', { fields: formatList(fields) })]),
    ];
    const why = (reader: PossibleReader): string => {
      const { because, at, mayName } = reader;
      const reasons =
        because === 'named' ? named(reader) : [text(`who.because.${because}`, { at: at === null ? '' : dates.day(at) })];
      return [...reasons, ...(mayName ? [text('who.mayName')] : [])].join(' ');
    };
    return { who, why };
  }, [text, dates, formatList]);
}

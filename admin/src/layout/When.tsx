/** A date in a table: readable by machines, and never broken over two lines. */
import { useDates } from '../translations/use-dates';

interface Props {
  at: string;
  as: 'day' | 'moment' | 'exactMoment';
}

export function When({ at, as }: Props) {
  const dates = useDates();
  return (
    <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
      {dates[as](at)}
    </time>
  );
}

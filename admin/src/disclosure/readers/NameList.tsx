/** Names one after the other, as the reader's language lists them. */
import { FormattedList } from 'react-intl';
import type { Person } from '../../../../server/src/contract';

export function NameList({ people }: { people: readonly Person[] }) {
  return <FormattedList value={people.map(({ name }) => name)} />;
}

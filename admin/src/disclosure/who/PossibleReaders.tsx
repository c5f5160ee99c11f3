/** Everybody who could be asked about, those who can read first: yes or no in words, and why. */
import { Typography } from '@strapi/design-system';
import type { WhoCanRead } from '../../../../server/src/contract';
import { Badge } from '../../layout/Badge';
import { PlainTable } from '../../layout/PlainTable';
import { useText } from '../../translations/use-text';
import { useReaderWords } from './use-reader-words';

export function PossibleReaders({ label, readers }: Pick<WhoCanRead, 'label' | 'readers'>) {
  const text = useText();
  const { who, why } = useReaderWords();
  return (
    <PlainTable
      caption={text('who.titleOf', { label })}
      columns={[text('who.column.who'), text('who.column.reads'), text('who.column.why')]}
    >
      {readers.map((reader) => (
        <tr key={`${reader.kind} ${reader.id ?? ''}`}>
          <th scope="row">
            <Typography tag="p" fontWeight="semiBold">
              {who(reader)}
            </Typography>
            {reader.email !== null && (
              <Typography tag="p" variant="pi" textColor="neutral600">
                {reader.email}
              </Typography>
            )}
          </th>
          <td>
            {reader.reads ? (
              <Badge variant={reader.because === 'open' ? 'danger' : 'success'}>{text('yes')}</Badge>
            ) : (
              <Badge variant="neutral">{text('no')}</Badge>
            )}
          </td>
          <td>{why(reader)}</td>
        </tr>
      ))}
    </PlainTable>
  );
}

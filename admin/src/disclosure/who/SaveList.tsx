/** Saves who can read what as a table for spreadsheet programs: names and reasons, no word of a submission. */
import { Button } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import type { WhoCanRead } from '../../../../server/src/contract';
import { CSV_START, csvLine } from '../../../../server/src/csv';
import { useText } from '../../translations/use-text';
import { saveFile } from '../submission/save-file';
import { useReaderWords } from './use-reader-words';

const COLUMNS = ['form', 'who', 'email', 'reads', 'why', 'asked'] as const;

export function SaveList({ all }: { all: WhoCanRead[] }) {
  const text = useText();
  const { who, why } = useReaderWords();
  const save = () => {
    const head = COLUMNS.map((name) => text(`who.saved.${name}`));
    const lines = all.flatMap(({ label, askedAt, readers }) =>
      readers.map((reader) => [label, who(reader), reader.email ?? '', text(reader.reads ? 'yes' : 'no'), why(reader), askedAt]),
    );
    saveFile(new Blob([CSV_START, ...[head, ...lines].map((cells) => csvLine(cells))]), text('who.fileName'));
  };
  return (
    <Button variant="tertiary" startIcon={<Download />} onClick={save}>
      {text('who.save')}
    </Button>
  );
}

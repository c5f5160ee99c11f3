/**
 * Takes submissions out of the system as a table: says first how many people's data leave it, asks why, and shows how far it
 * is. What is on its way when this is closed is dropped.
 */
import { useEffect, useRef, useState } from 'react';
import { Button, Field, Flex, Modal, SingleSelect, SingleSelectOption, Textarea, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useAuth, useFetchClient } from '@strapi/strapi/admin';
import {
  LONGEST_REASON,
  MOST_IN_WORKBOOK,
  SHORTEST_REASON,
  type ExportBody,
  type ExportSelection,
  type FormOrTypeId,
} from '../../../../server/src/contract';
import { Note } from '../../layout/Note';
import { countExportAddress, exportAddress, type InboxFilterName } from '../../requests/addresses';
import { fetchFile, FileNotFetched } from '../../requests/fetch-file';
import { readFailure, type Failure } from '../../requests/read-failure';
import { useFailureText } from '../../requests/use-failure-text';
import { useText } from '../../translations/use-text';
import { saveFile } from '../submission/save-file';
import type { Search } from './use-inbox';

interface Props {
  formOrType: FormOrTypeId;
  /** None: all that the search finds, or the filters where nothing is searched for. */
  picked: readonly string[];
  search: Search | null;
  filters: Record<InboxFilterName, string | null>;
}

const selectionOf = ({ picked, search, filters }: Pick<Props, 'picked' | 'search' | 'filters'>): ExportSelection => {
  if (picked.length > 0) return { recordIds: [...picked] };
  if (search !== null) return { search };
  const set = Object.entries(filters).filter(([name, value]) => name !== 'order' && value !== null);
  return { filter: Object.fromEntries(set) as NonNullable<ExportSelection['filter']> };
};

/** What the person chooses between, and what each asks the server for. */
const KINDS = {
  workbook: { format: 'xlsx' },
  semicolon: { format: 'csv', separator: ';' },
  comma: { format: 'csv', separator: ',' },
} as const satisfies Record<string, Pick<ExportBody, 'format' | 'separator'>>;
type Kind = keyof typeof KINDS;

/** Every line of the table ends in these two, and nothing else has them. */
const linesIn = (piece: Uint8Array): number => new TextDecoder().decode(piece).split('\r\n').length - 1;

function ExportDialog({ formOrType, onClose, ...selection }: Props & { onClose: () => void }) {
  const text = useText();
  const failureText = useFailureText();
  const { post } = useFetchClient();
  const token = useRef<string | null>(null);
  token.current = useAuth('ExportSubmissions', (auth) => auth.token);
  const request = useRef<AbortController | null>(null);
  const [wanted] = useState(() => selectionOf(selection));
  const [count, setCount] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const [chosen, setKind] = useState<Kind>('workbook');
  const [received, setReceived] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | 'broken' | null>(null);

  useEffect(() => {
    post<{ data: { submissions: number } }>(countExportAddress(formOrType), wanted).then(
      ({ data }) => setCount(data.data.submissions),
      (thrown: unknown) => setFailure(readFailure(thrown)),
    );
  }, [formOrType, post, wanted]);
  useEffect(() => () => request.current?.abort(), []);

  const fitsWorkbook = count === null || count <= MOST_IN_WORKBOOK;
  const kind: Kind = chosen === 'workbook' && !fitsWorkbook ? 'semicolon' : chosen;
  const isComplete = reason.replace(/\s/g, '').length >= SHORTEST_REASON;
  const save = async () => {
    const mine = new AbortController();
    request.current = mine;
    setFailure(null);
    setReceived(0);
    const body: ExportBody = { ...wanted, ...KINDS[kind], reason: reason.trim() };
    let lines = -1;
    try {
      const content = await fetchFile(exportAddress(formOrType), () => token.current, mine.signal, {
        body,
        ...(kind === 'workbook' ? {} : { onPiece: (piece) => setReceived(Math.max(0, (lines += linesIn(piece)))) }),
      });
      if (mine.signal.aborted) return;
      saveFile(content, `${text('export.fileName')}.${KINDS[kind].format}`);
      onClose();
    } catch (thrown) {
      if (!mine.signal.aborted) setFailure(thrown instanceof FileNotFetched ? thrown.failure : 'broken');
    } finally {
      if (!mine.signal.aborted) setReceived(null);
    }
  };

  return (
    <Modal.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
      <Modal.Content aria-describedby={undefined}>
        <Modal.Header closeLabel={text('add.close')}>
          <Modal.Title>{text('export.title')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={4}>
            {failure !== null && (
              <Note tone="danger" title={text('export.failed')} announce>
                {failure === 'broken' ? text('export.broken') : failureText(failure)}
              </Note>
            )}
            {count !== null && (
              <Note tone="warning" title={text('export.leaves', { count })}>
                {text('export.afterwards')}
              </Note>
            )}
            <Field.Root hint={text('export.reasonHint')} required>
              <Field.Label>{text('export.reason')}</Field.Label>
              <Textarea value={reason} maxLength={LONGEST_REASON} onChange={(event) => setReason(event.target.value)} />
              <Field.Hint />
            </Field.Root>
            <Field.Root hint={text(fitsWorkbook ? 'export.kindHint' : 'export.kindLarge', { max: MOST_IN_WORKBOOK })}>
              <Field.Label>{text('export.kind')}</Field.Label>
              <SingleSelect value={kind} onChange={(value) => setKind(value as Kind)}>
                <SingleSelectOption value="workbook" disabled={!fitsWorkbook}>
                  {text('export.workbook')}
                </SingleSelectOption>
                <SingleSelectOption value="semicolon">{text('export.semicolon')}</SingleSelectOption>
                <SingleSelectOption value="comma">{text('export.comma')}</SingleSelectOption>
              </SingleSelect>
              <Field.Hint />
            </Field.Root>
            <Typography role="status" textColor="neutral600">
              {received !== null &&
                (kind === 'workbook' ? text('export.making') : text('export.progress', { done: received, count: count ?? 0 }))}
            </Typography>
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Modal.Close>
            <Button variant="tertiary">{text('add.cancel')}</Button>
          </Modal.Close>
          <Button disabled={!isComplete || count === null} loading={received !== null} onClick={() => void save()}>
            {text('export.save', { count: count ?? 0 })}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}

export function ExportSubmissions(props: Props) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="tertiary" startIcon={<Download />} onClick={() => setOpen(true)}>
        {props.picked.length > 0 ? text('export.picked', { count: props.picked.length }) : text('export.open')}
      </Button>
      {isOpen && <ExportDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What colleagues wrote to one another about a submission, and a place to write more. Kept in the state of this page only. */
import { useState, type FormEvent } from 'react';
import { Button, Box, Field, Flex, Textarea, Typography } from '@strapi/design-system';
import { useFetchClient } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import { LONGEST_NOTE, type Disclosure, type Note as WrittenNote } from '../../../../server/src/contract';
import { Note } from '../../layout/Note';
import { Panel } from '../../layout/Panel';
import { When } from '../../layout/When';
import { notesAddress } from '../../requests/addresses';
import { readFailure, type Failure } from '../../requests/read-failure';
import { useFailureText } from '../../requests/use-failure-text';
import { useText } from '../../translations/use-text';

const Words = styled.p`
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;

interface Props {
  disclosure: Disclosure;
  notes: WrittenNote[];
  onWritten: (notes: WrittenNote[]) => void;
}

export function Notes({ disclosure: { formOrType, recordId }, notes, onWritten }: Props) {
  const text = useText();
  const failureText = useFailureText();
  const { post } = useFetchClient();
  const [words, setWords] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSaving, setSaving] = useState(false);

  const write = async (event: FormEvent) => {
    event.preventDefault();
    if (words.trim() === '' || isSaving) return;
    setSaving(true);
    setFailure(null);
    try {
      const { data } = await post<{ data: WrittenNote[] }>(notesAddress(formOrType, recordId), { text: words.trim() });
      onWritten(data.data);
      setWords('');
    } catch (thrown) {
      setFailure(readFailure(thrown));
    } finally {
      setSaving(false);
    }
  };

  return (
    <Panel title={text('notes.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {notes.length === 0 && <Typography textColor="neutral600">{text('notes.none')}</Typography>}
        {notes.length > 0 && (
          <Flex tag="ul" direction="column" alignItems="stretch" gap={3} aria-live="polite">
            {notes.map(({ id, by, at, text: written }) => (
              <Box tag="li" key={id} background="neutral100" hasRadius padding={3}>
                <Typography tag="p" variant="pi" textColor="neutral600">
                  {by}, <When at={at} as="moment" />
                </Typography>
                <Typography tag="div">
                  <Words>{written}</Words>
                </Typography>
              </Box>
            ))}
          </Flex>
        )}
        {failure !== null && (
          <Note tone="danger" title={text('notes.notWritten')} announce>
            {failureText(failure)}
          </Note>
        )}
        <form onSubmit={(event) => void write(event)} autoComplete="off" data-form-guard="not-printed">
          <Flex direction="column" alignItems="flex-start" gap={2}>
            <Field.Root width="100%" hint={text('notes.hint')}>
              <Field.Label>{text('notes.new')}</Field.Label>
              <Textarea value={words} maxLength={LONGEST_NOTE} onChange={(event) => setWords(event.target.value)} />
              <Field.Hint />
            </Field.Root>
            <Button type="submit" variant="secondary" loading={isSaving}>
              {text('notes.write')}
            </Button>
          </Flex>
        </form>
      </Flex>
    </Panel>
  );
}

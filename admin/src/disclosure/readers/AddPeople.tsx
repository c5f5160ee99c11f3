/** Names several people as readers in one action, and shows beforehand who will be able to read afterwards. */
import { useState } from 'react';
import { Button, Flex, Modal } from '@strapi/design-system';
import { useFetchClient, useNotification } from '@strapi/strapi/admin';
import type { NameReadersBody, Person, ReadersPage } from '../../../../server/src/contract';
import { Note } from '../../layout/Note';
import { readersAddress } from '../../requests/addresses';
import { readFailure, type Failure } from '../../requests/read-failure';
import { useFailureText } from '../../requests/use-failure-text';
import { useText } from '../../translations/use-text';
import { BeforeAndAfter } from './BeforeAndAfter';
import { FieldsChoice } from './FieldsChoice';
import { PeoplePicker } from './PeoplePicker';
import { daysFrom, DEFAULT_DAYS, endOfDay } from './until';
import { UntilChoice, type Until } from './UntilChoice';
import { peopleAfterwards, peopleWhoMayRead } from './who-may-read';

/** Of the button on the page behind, for whoever came here without it. */
export const ADD_PEOPLE = 'add-people';

interface Props {
  readers: ReadersPage;
  onSaved: (readers: ReadersPage) => void;
  onClose: () => void;
}

export function AddPeople({ readers, onSaved, onClose }: Props) {
  const text = useText();
  const failureText = useFailureText();
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const [picked, setPicked] = useState<Person[]>([]);
  const [until, setUntil] = useState<Until>(() => ({ ends: true, day: daysFrom(new Date(), DEFAULT_DAYS) }));
  const [fields, setFields] = useState<string[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSaving, setSaving] = useState(false);
  // A modal gives the focus back to its own trigger only, and the button or link that opens this one stands elsewhere.
  const [opener] = useState(() => document.activeElement);

  const now = peopleWhoMayRead(readers.data);
  const end = until.ends ? endOfDay(until.day) : null;
  const isComplete = picked.length > 0 && (!until.ends || end !== null) && (fields === null || fields.length > 0);

  const save = async () => {
    const body: NameReadersBody = { people: picked.map(({ id }) => id), until: end, fields };
    setSaving(true);
    try {
      const { data } = await post<ReadersPage>(readersAddress(readers.source.id), body);
      const isAsking = data.data.some(({ status, person }) => status === 'pending' && person?.id === data.you);
      const named = picked.filter(({ id }) => !isAsking || id !== data.you).length;
      if (named > 0) toggleNotification({ type: 'success', message: text('add.saved', { count: named }) });
      if (isAsking && named < picked.length) toggleNotification({ type: 'info', message: text('add.pending') });
      onSaved(data);
      onClose();
    } catch (thrown) {
      setFailure(readFailure(thrown));
    } finally {
      setSaving(false);
    }
  };

  return (
    <Modal.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
      <Modal.Content
        aria-describedby={undefined}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
          (isThere ? opener : document.getElementById(ADD_PEOPLE))?.focus();
        }}
      >
        <Modal.Header closeLabel={text('add.close')}>
          <Modal.Title>{text('add.title', { label: readers.source.label })}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={6}>
            {failure !== null && (
              <Note tone="danger" title={text('add.notSaved')} announce>
                {failureText(failure)}
              </Note>
            )}
            <PeoplePicker picked={picked} onChange={setPicked} already={now} />
            <UntilChoice until={until} mayBeEndless={readers.mayBeEndless} onChange={setUntil} />
            <FieldsChoice all={readers.fields} chosen={fields} onChange={setFields} />
            <BeforeAndAfter before={now} after={peopleAfterwards(now, picked)} />
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Modal.Close>
            <Button variant="tertiary">{text('add.cancel')}</Button>
          </Modal.Close>
          <Button disabled={!isComplete} loading={isSaving} onClick={() => void save()}>
            {text('add.save', { count: picked.length })}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}

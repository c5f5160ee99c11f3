/** The questions of a form, in order. Every change of order can be made with the keyboard, is announced, and keeps the focus. */
import { useEffect, useRef, useState } from 'react';
import { Button, Field, Flex, VisuallyHidden } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Panel } from '../layout/Panel';
import { useText } from '../translations/use-text';
import { withFieldAdded, withFieldChanged, withFieldLabel, withFieldMoved, withFieldRemoved } from './edited-form';
import { FieldEditor } from './FieldEditor';
import type { PartProps } from './FormBasics';
import { useProblem } from './problems';

const ADD = 'add-question';

export function FieldsEditor({ form, onChange }: PartProps) {
  const text = useText();
  const list = useRef<HTMLDivElement>(null);
  const [focusOn, setFocusOn] = useState<string[]>([]);
  const [announcement, setAnnouncement] = useState('');
  const problem = useProblem('fields');
  const { fields } = form;

  // The first of the wished-for elements that can take the focus: "up" cannot once the question is the first.
  useEffect(() => {
    const found = focusOn
      .map((id) => list.current?.querySelector<HTMLElement>(`[data-focus="${id}"]:not(:disabled)`))
      .find((element) => element);
    found?.focus();
  }, [focusOn]);

  const add = () => {
    const next = withFieldAdded(form);
    onChange(next);
    setAnnouncement(text('fields.added'));
    setFocusOn([`${next.fields.at(-1)?.key ?? ''}-label`]);
  };
  const remove = (index: number) => {
    onChange(withFieldRemoved(form, index));
    setAnnouncement(text('fields.removed'));
    setFocusOn([`${fields[index + 1]?.key ?? ''}-label`, ADD]);
  };
  const move = (index: number, by: -1 | 1) => {
    const key = fields[index]?.key ?? '';
    onChange(withFieldMoved(form, index, by));
    setAnnouncement(text('fields.moved', { to: index + by + 1, count: fields.length }));
    setFocusOn(by === -1 ? [`${key}-up`, `${key}-down`] : [`${key}-down`, `${key}-up`]);
  };

  return (
    <Panel title={text('fields.title')}>
      <Flex ref={list} direction="column" alignItems="stretch" gap={4}>
        {fields.map((field, index) => (
          <FieldEditor
            key={field.key}
            field={field}
            index={index}
            count={fields.length}
            onLabel={(label) => onChange(withFieldLabel(form, index, label))}
            onChange={(changed) => onChange(withFieldChanged(form, index, changed))}
            onMove={(by) => move(index, by)}
            onRemove={() => remove(index)}
          />
        ))}
        {problem !== undefined && (
          <Field.Root error={problem}>
            <Field.Error />
          </Field.Root>
        )}
        <Flex>
          <Button variant="secondary" startIcon={<Plus />} onClick={add} data-focus={ADD}>
            {text('fields.add')}
          </Button>
        </Flex>
      </Flex>
      <VisuallyHidden>
        <div role="status">{announcement}</div>
      </VisuallyHidden>
    </Panel>
  );
}

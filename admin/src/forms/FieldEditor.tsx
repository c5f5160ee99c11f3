/** One question of a form: what is asked, how it may be answered, and where it stands. */
import { Box, Field, Flex, Grid, IconButton, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { ArrowDown, ArrowUp, Trash } from '@strapi/icons';
import { FIELD_TYPES, type FieldType } from '../../../server/src/contract';
import { useText } from '../translations/use-text';
import { maySearch, type EditedField } from './edited-form';
import { FieldLimits } from './FieldLimits';
import { CheckboxField, TextField } from './Inputs';
import { useProblem } from './problems';

interface Props {
  field: EditedField;
  index: number;
  count: number;
  onLabel: (label: string) => void;
  onChange: (field: EditedField) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function OrderButtons({ field, index, count, onMove, onRemove }: Omit<Props, 'onLabel' | 'onChange'>) {
  const text = useText();
  const label = field.label === '' ? text('fields.number', { number: index + 1 }) : field.label;
  return (
    <Flex gap={1}>
      <IconButton
        label={text('fields.up', { label })}
        disabled={index === 0}
        onClick={() => onMove(-1)}
        data-focus={`${field.key}-up`}
      >
        <ArrowUp />
      </IconButton>
      <IconButton
        label={text('fields.down', { label })}
        disabled={index === count - 1}
        onClick={() => onMove(1)}
        data-focus={`${field.key}-down`}
      >
        <ArrowDown />
      </IconButton>
      <IconButton label={text('fields.remove', { label })} onClick={onRemove}>
        <Trash />
      </IconButton>
    </Flex>
  );
}

function TypeChoice({ place, type, onChange }: { place: string; type: FieldType; onChange: (type: FieldType) => void }) {
  const text = useText();
  const problem = useProblem(place);
  return (
    <Field.Root name={place} {...(problem === undefined ? {} : { error: problem })}>
      <Field.Label>{text('fields.type')}</Field.Label>
      <SingleSelect
        value={type}
        onChange={(chosen) => {
          const known = FIELD_TYPES.find((one) => one === chosen);
          if (known !== undefined) onChange(known);
        }}
      >
        {FIELD_TYPES.map((one) => (
          <SingleSelectOption key={one} value={one}>
            {text(`fields.type.${one}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Error />
    </Field.Root>
  );
}

export function FieldEditor(props: Props) {
  const { field, index, onLabel, onChange } = props;
  const text = useText();
  const place = `fields.${index}`;
  return (
    <Box
      tag="fieldset"
      aria-label={text('fields.number', { number: index + 1 })}
      background="neutral100"
      borderColor="neutral200"
      hasRadius
      padding={4}
    >
      <Flex justifyContent="space-between" paddingBottom={3}>
        <Typography variant="sigma" textColor="neutral600" aria-hidden>
          {text('fields.number', { number: index + 1 })}
        </Typography>
        <OrderButtons {...props} />
      </Flex>
      <Grid.Root gap={4}>
        <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch">
          <TextField
            place={`${place}.label`}
            label={text('fields.label')}
            required
            value={field.label}
            onChange={onLabel}
            id={`${field.key}-label`}
          />
        </Grid.Item>
        <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch">
          <TypeChoice place={`${place}.type`} type={field.type} onChange={(type) => onChange({ ...field, type })} />
        </Grid.Item>
        <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch">
          <TextField
            place={`${place}.help`}
            label={text('fields.help')}
            hint={text('fields.helpHint')}
            value={field.help ?? ''}
            onChange={(help) => onChange({ ...field, help })}
          />
        </Grid.Item>
        <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch">
          <TextField
            place={`${place}.name`}
            label={text('fields.name')}
            hint={text('fields.nameHint')}
            required
            value={field.name}
            onChange={(name) => onChange({ ...field, name, keepsName: true })}
          />
        </Grid.Item>
        <FieldLimits place={place} field={field} onChange={onChange} />
        <Grid.Item col={12} xs={12} direction="column" alignItems="stretch" gap={3}>
          <CheckboxField
            place={`${place}.required`}
            label={text('fields.required')}
            value={field.required}
            onChange={(required) => onChange({ ...field, required })}
          />
          {maySearch(field.type) && (
            <CheckboxField
              place={`${place}.searchable`}
              label={text('fields.searchable')}
              hint={text('fields.searchableHint')}
              value={field.searchable ?? false}
              onChange={(searchable) => onChange({ ...field, searchable })}
            />
          )}
        </Grid.Item>
      </Grid.Root>
    </Box>
  );
}

/** The limits a question's type has, and only those: lengths for words, bounds for numbers, choices, rules for files. */
import { Grid } from '@strapi/design-system';
import { useText } from '../translations/use-text';
import { hasBounds, hasFiles, hasLengths, hasOptions, type EditedField } from './edited-form';
import { FileLimits } from './FileLimits';
import { LongTextField, NumberField } from './Inputs';

interface Props {
  place: string;
  field: EditedField;
  onChange: (field: EditedField) => void;
}

type Limit = 'minLength' | 'maxLength' | 'min' | 'max';

function withLimit(field: EditedField, limit: Limit, value: number | undefined): EditedField {
  const { [limit]: _, ...rest } = field;
  return value === undefined ? rest : { ...rest, [limit]: value };
}

function Limits({ of, place, field, onChange }: Props & { of: readonly Limit[] }) {
  const text = useText();
  return (
    <>
      {of.map((limit) => (
        <Grid.Item key={limit} col={4} s={6} xs={12} direction="column" alignItems="stretch">
          <NumberField
            place={`${place}.${limit}`}
            label={text(`fields.${limit}`)}
            value={field[limit]}
            onChange={(value) => onChange(withLimit(field, limit, value))}
          />
        </Grid.Item>
      ))}
    </>
  );
}

export function FieldLimits(props: Props) {
  const text = useText();
  const { place, field, onChange } = props;
  if (hasLengths(field.type)) return <Limits of={['minLength', 'maxLength']} {...props} />;
  if (hasBounds(field.type)) return <Limits of={['min', 'max']} {...props} />;
  if (hasFiles(field.type)) return <FileLimits {...props} />;
  if (!hasOptions(field.type)) return null;
  return (
    <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch">
      <LongTextField
        place={`${place}.options`}
        label={text('fields.options')}
        hint={text('fields.optionsHint')}
        required
        value={field.optionLines}
        onChange={(optionLines) => onChange({ ...field, optionLines })}
      />
    </Grid.Item>
  );
}

/** The inputs of the form editor: each with its label, its help and, beside it, what the server found wrong. */
import { Checkbox, Field, Textarea, TextInput, Toggle, Typography } from '@strapi/design-system';
import { useText } from '../translations/use-text';
import { useProblem } from './problems';

interface Common {
  /** `title` or `fields.0.label`: where the server would find a problem. */
  place: string;
  label: string;
  hint?: string;
  required?: boolean;
}

function InputField({ place, label, hint, required = false, children }: Common & { children: JSX.Element }) {
  const problem = useProblem(place);
  return (
    <Field.Root
      name={place}
      required={required}
      {...(hint === undefined ? {} : { hint })}
      {...(problem === undefined ? {} : { error: problem })}
    >
      <Field.Label>{label}</Field.Label>
      {children}
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

interface TextProps extends Common {
  value: string;
  onChange: (value: string) => void;
  id?: string;
}

export function TextField({ value, onChange, id, ...common }: TextProps) {
  return (
    <InputField {...common}>
      <TextInput
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...(id === undefined ? {} : { 'data-focus': id })}
      />
    </InputField>
  );
}

export function LongTextField({ value, onChange, ...common }: Omit<TextProps, 'id'>) {
  return (
    <InputField {...common}>
      <Textarea value={value} onChange={(event) => onChange(event.target.value)} />
    </InputField>
  );
}

interface NumberProps extends Common {
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}

export function NumberField({ value, onChange, ...common }: NumberProps) {
  return (
    <InputField {...common}>
      <TextInput
        type="number"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
      />
    </InputField>
  );
}

interface YesNoProps extends Common {
  value: boolean;
  onChange: (value: boolean) => void;
}

export function ToggleField({ value, onChange, ...common }: YesNoProps) {
  const text = useText();
  return (
    <InputField {...common}>
      <Toggle
        checked={value}
        onLabel={text('toggle.on')}
        offLabel={text('toggle.off')}
        onChange={(event) => onChange(event.target.checked)}
      />
    </InputField>
  );
}

export function CheckboxField({ place, label, hint, value, onChange }: YesNoProps) {
  const problem = useProblem(place);
  return (
    <Field.Root name={place} {...(hint === undefined ? {} : { hint })} {...(problem === undefined ? {} : { error: problem })}>
      <Checkbox checked={value} onCheckedChange={(checked) => onChange(checked === true)}>
        <Typography>{label}</Typography>
      </Checkbox>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

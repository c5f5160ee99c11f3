/** Title, address, introduction, and whether the form takes submissions now. */
import { Grid } from '@strapi/design-system';
import { Panel } from '../layout/Panel';
import { useText } from '../translations/use-text';
import { withTitle, type EditedForm } from './edited-form';
import { LongTextField, TextField, ToggleField } from './Inputs';

export interface PartProps {
  form: EditedForm;
  onChange: (form: EditedForm) => void;
}

export function FormBasics({ form, isNew, onChange }: PartProps & { isNew: boolean }) {
  const text = useText();
  return (
    <Panel title={text('form.basics')}>
      <Grid.Root gap={5}>
        <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
          <TextField
            place="title"
            label={text('form.titleLabel')}
            required
            value={form.title}
            onChange={(title) => onChange(withTitle(form, title))}
          />
        </Grid.Item>
        <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
          <TextField
            place="slug"
            label={text('form.slug')}
            hint={text(isNew ? 'form.slugHint' : 'form.slugWarning')}
            required
            value={form.slug}
            onChange={(slug) => onChange({ ...form, slug, keepsSlug: true })}
          />
        </Grid.Item>
        <Grid.Item col={12} xs={12} direction="column" alignItems="stretch">
          <LongTextField
            place="intro"
            label={text('form.intro')}
            hint={text('form.introHint')}
            value={form.intro}
            onChange={(intro) => onChange({ ...form, intro })}
          />
        </Grid.Item>
        <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
          <ToggleField
            place="open"
            label={text('form.open')}
            hint={text('form.openHint')}
            value={form.open}
            onChange={(open) => onChange({ ...form, open })}
          />
        </Grid.Item>
      </Grid.Root>
    </Panel>
  );
}

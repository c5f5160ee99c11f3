/** What the sender sees afterwards, and which details about the sender are kept; both kept details are off by default. */
import { Flex, Grid } from '@strapi/design-system';
import { Panel } from '../layout/Panel';
import { useText } from '../translations/use-text';
import type { PartProps } from './FormBasics';
import { CheckboxField, LongTextField, TextField } from './Inputs';

export function AfterSending({ form, onChange }: PartProps) {
  const text = useText();
  return (
    <Panel title={text('form.afterSending')}>
      <Grid.Root gap={5}>
        <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
          <LongTextField
            place="thankYou"
            label={text('form.thankYou')}
            hint={text('form.thankYouHint')}
            value={form.thankYou}
            onChange={(thankYou) => onChange({ ...form, thankYou })}
          />
        </Grid.Item>
        <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch" justifyContent="flex-start">
          <TextField
            place="redirectTo"
            label={text('form.redirectTo')}
            hint={text('form.redirectToHint')}
            value={form.redirectTo}
            onChange={(redirectTo) => onChange({ ...form, redirectTo })}
          />
        </Grid.Item>
        <Grid.Item col={12} direction="column" alignItems="stretch">
          <CheckboxField
            place="tellReaders"
            label={text('form.tellReaders')}
            hint={text('form.tellReadersHint')}
            value={form.tellReaders}
            onChange={(tellReaders) => onChange({ ...form, tellReaders })}
          />
        </Grid.Item>
      </Grid.Root>
    </Panel>
  );
}

export function KeptDetails({ form, onChange }: PartProps) {
  const text = useText();
  return (
    <Panel title={text('form.keptDetails')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <CheckboxField
          place="keepAddress"
          label={text('form.keepAddress')}
          hint={text('form.keepAddressHint')}
          value={form.keepAddress}
          onChange={(keepAddress) => onChange({ ...form, keepAddress })}
        />
        <CheckboxField
          place="keepUserAgent"
          label={text('form.keepUserAgent')}
          hint={text('form.keepUserAgentHint')}
          value={form.keepUserAgent}
          onChange={(keepUserAgent) => onChange({ ...form, keepUserAgent })}
        />
      </Flex>
    </Panel>
  );
}

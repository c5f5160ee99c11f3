/** Until when: a day, unless somebody says in so many words that there shall be no end. */
import { Field, Flex, Radio, TextInput, Typography } from '@strapi/design-system';
import { useText } from '../../translations/use-text';
import { dayOf, endOfDay } from './until';

export interface Until {
  ends: boolean;
  /** `2026-03-09`; kept while "no end" is chosen, for whoever changes their mind. */
  day: string;
}

export function UntilChoice({ until, onChange }: { until: Until; onChange: (until: Until) => void }) {
  const text = useText();
  const isWrong = until.ends && endOfDay(until.day) === null;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography id="until-choice" variant="pi" fontWeight="bold">
        {text('until.title')}
      </Typography>
      <Radio.Group
        aria-labelledby="until-choice"
        value={until.ends ? 'day' : 'never'}
        onValueChange={(choice) => onChange({ ...until, ends: choice === 'day' })}
      >
        <Radio.Item value="day">{text('until.day')}</Radio.Item>
        <Radio.Item value="never">{text('until.never')}</Radio.Item>
      </Radio.Group>
      {until.ends && (
        <Field.Root width="22rem" {...(isWrong ? { error: text('until.wrong') } : {})}>
          <Field.Label>{text('until.lastDay')}</Field.Label>
          <TextInput
            type="date"
            min={dayOf(new Date())}
            value={until.day}
            onChange={(event) => onChange({ ...until, day: event.target.value })}
          />
          <Field.Error />
        </Field.Root>
      )}
    </Flex>
  );
}

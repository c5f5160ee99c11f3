/** Until when: a day. No end is offered only where the site says so in its config, and has to be chosen. */
import { Field, Flex, Radio, TextInput, Typography } from '@strapi/design-system';
import { useText } from '../../translations/use-text';
import { dayOf, endOfDay } from './until';

export interface Until {
  ends: boolean;
  /** `2026-03-09`; kept while "no end" is chosen, for whoever changes their mind. */
  day: string;
}

interface Props {
  until: Until;
  mayBeEndless: boolean;
  onChange: (until: Until) => void;
}

export function UntilChoice({ until, mayBeEndless, onChange }: Props) {
  const text = useText();
  const isWrong = until.ends && endOfDay(until.day) === null;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {mayBeEndless && (
        <>
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
        </>
      )}
      {until.ends && (
        <Field.Root width="22rem" hint={text('until.hint')} {...(isWrong ? { error: text('until.wrong') } : {})}>
          <Field.Label>{text(mayBeEndless ? 'until.lastDay' : 'until.mayReadUntil')}</Field.Label>
          <TextInput
            type="date"
            min={dayOf(new Date())}
            value={until.day}
            onChange={(event) => onChange({ ...until, day: event.target.value })}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      )}
    </Flex>
  );
}

/** Shows only submissions in one state; the choice is in the address bar, so that it survives "Back". */
import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { SUBMISSION_STATES } from '../../../../server/src/contract';
import { useText } from '../../translations/use-text';

const ALL = 'all';

export function StateFilter({ state, onChange }: { state: string | null; onChange: (state: string | null) => void }) {
  const text = useText();
  return (
    <Field.Root width="20rem">
      <Field.Label>{text('inbox.filter')}</Field.Label>
      <SingleSelect value={state ?? ALL} onChange={(chosen) => onChange(chosen === ALL ? null : String(chosen))}>
        <SingleSelectOption value={ALL}>{text('inbox.filter.all')}</SingleSelectOption>
        {SUBMISSION_STATES.map((one) => (
          <SingleSelectOption key={one} value={one}>
            {text(`state.${one}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Field.Root>
  );
}

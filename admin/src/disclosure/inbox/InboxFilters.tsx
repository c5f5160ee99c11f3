/** Which submissions are shown, and in which order; the choices are in the address bar, so that they survive "Back". */
import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { SUBMISSION_STATES, type Colleague } from '../../../../server/src/contract';
import type { InboxFilterName } from '../../requests/addresses';
import { useText } from '../../translations/use-text';

interface Option {
  value: string;
  label: string;
}

interface ChoiceProps {
  label: string;
  /** What an absent filter means. */
  standard: Option;
  others: Option[];
  value: string | null;
  onChange: (value: string | null) => void;
}

function Choice({ label, standard, others, value, onChange }: ChoiceProps) {
  return (
    <Field.Root width="fit-content" minWidth="18rem" maxWidth="100%">
      <Field.Label>{label}</Field.Label>
      <SingleSelect
        value={value ?? standard.value}
        onChange={(chosen) => onChange(chosen === standard.value ? null : String(chosen))}
      >
        {[standard, ...others].map((option) => (
          <SingleSelectOption key={option.value} value={option.value}>
            {option.label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Field.Root>
  );
}

interface Props {
  filters: Record<InboxFilterName, string | null>;
  colleagues: readonly Colleague[];
  onChange: (name: InboxFilterName, value: string | null) => void;
}

export function InboxFilters({ filters, colleagues, onChange }: Props) {
  const text = useText();
  const all = { value: 'all', label: text('inbox.filter.all') };
  return (
    <>
      <Choice
        label={text('inbox.filter')}
        standard={all}
        others={SUBMISSION_STATES.map((state) => ({ value: state, label: text(`state.${state}`) }))}
        value={filters.state}
        onChange={(value) => onChange('state', value)}
      />
      <Choice
        label={text('inbox.assigned')}
        standard={all}
        others={[
          { value: 'me', label: text('inbox.assigned.me') },
          { value: 'nobody', label: text('inbox.assigned.nobody') },
          ...colleagues.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={filters.assigned}
        onChange={(value) => onChange('assigned', value)}
      />
      <Choice
        label={text('inbox.due')}
        standard={all}
        others={[{ value: 'overdue', label: text('inbox.due.overdue') }]}
        value={filters.due}
        onChange={(value) => onChange('due', value)}
      />
      {/* What is overdue is in the order of its days. */}
      {filters.due === null && (
        <Choice
          label={text('inbox.order')}
          standard={{ value: 'newest', label: text('inbox.order.newest') }}
          others={[
            { value: 'oldest', label: text('inbox.order.oldest') },
            { value: 'due', label: text('inbox.order.due') },
          ]}
          value={filters.order}
          onChange={(value) => onChange('order', value)}
        />
      )}
    </>
  );
}

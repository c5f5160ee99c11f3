/** Finds submissions by their reference or by the exact value of one question. The value lives in this page only and is gone with it. */
import { useEffect, useState, type FormEvent } from 'react';
import { Button, Field, Flex, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { Search as SearchIcon } from '@strapi/icons';
import { REFERENCE_FIELD, type InboxPage } from '../../../../server/src/contract';
import { useText } from '../../translations/use-text';
import type { Search } from './use-inbox';

type Searchable = InboxPage['searchable'][number];

interface Props {
  /** null while the inbox is loading: what was offered before stays. */
  fields: InboxPage['searchable'] | null;
  active: Search | null;
  onSearch: (search: Search | null) => void;
}

export function SearchSubmissions({ fields: offered, active, onSearch }: Props) {
  const text = useText();
  const [fields, setFields] = useState(offered ?? []);
  const [chosen, setChosen] = useState<string | null>(null);
  const [value, setValue] = useState('');

  useEffect(() => {
    if (offered !== null) setFields(offered);
  }, [offered]);

  const keyOf = ({ name, part }: Searchable) => `${part} ${name}`;
  const labelOf = ({ label, part }: Searchable) => {
    const [kind = '', count] = part.split(':');
    if (kind === 'last') return text('search.last', { label, count: Number(count) });
    return kind === 'postcode-district' ? text('search.postcodeDistrict', { label }) : label;
  };
  const reference: Searchable = { name: REFERENCE_FIELD, label: text('inbox.column.reference'), part: 'whole' };
  const offers = [...fields, reference];
  const field = offers.find((one) => keyOf(one) === chosen) ?? offers[0] ?? reference;

  const valueLabel = ({ name, label, part }: Searchable) =>
    name === REFERENCE_FIELD ? label : text(part === 'whole' ? 'search.value' : 'search.part');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim() !== '') onSearch({ field: field.name, part: field.part, value: value.trim() });
  };
  const clear = () => {
    setValue('');
    onSearch(null);
  };

  return (
    <form role="search" onSubmit={submit} autoComplete="off">
      <Flex gap={2} alignItems="flex-end" wrap="wrap">
        <Field.Root width="fit-content" minWidth="20rem" maxWidth="100%">
          <Field.Label>{text('search.field')}</Field.Label>
          <SingleSelect value={keyOf(field)} onChange={(key) => setChosen(String(key))}>
            {offers.map((one) => (
              <SingleSelectOption key={keyOf(one)} value={keyOf(one)}>
                {labelOf(one)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
        <Field.Root width="28rem">
          <Field.Label>{valueLabel(field)}</Field.Label>
          <TextInput value={value} onChange={(event) => setValue(event.target.value)} autoComplete="off" spellCheck={false} />
        </Field.Root>
        <Button type="submit" variant="secondary" size="L" startIcon={<SearchIcon />}>
          {text('search.find')}
        </Button>
        {active !== null && (
          <Button variant="tertiary" size="L" onClick={clear}>
            {text('search.clear')}
          </Button>
        )}
      </Flex>
    </form>
  );
}

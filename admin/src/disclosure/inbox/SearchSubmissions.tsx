/** Finds submissions by the exact value of one question. The value lives in this page only and is gone with it. */
import { useEffect, useState, type FormEvent } from 'react';
import { Button, Field, Flex, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { Search as SearchIcon } from '@strapi/icons';
import type { InboxPage } from '../../../../server/src/contract';
import { useText } from '../../translations/use-text';
import type { Search } from './use-inbox';

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

  const field = fields.find(({ name }) => name === chosen) ?? fields[0];
  if (field === undefined) return null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim() !== '') onSearch({ field: field.name, value: value.trim() });
  };
  const clear = () => {
    setValue('');
    onSearch(null);
  };

  return (
    <form role="search" onSubmit={submit} autoComplete="off">
      <Flex gap={2} alignItems="flex-end" wrap="wrap">
        <Field.Root width="20rem">
          <Field.Label>{text('search.field')}</Field.Label>
          <SingleSelect value={field.name} onChange={(name) => setChosen(String(name))}>
            {fields.map(({ name, label }) => (
              <SingleSelectOption key={name} value={name}>
                {label}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
        <Field.Root width="28rem">
          <Field.Label>{text('search.value')}</Field.Label>
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

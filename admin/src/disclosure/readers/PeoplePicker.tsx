/** Finds people of this admin by name or e-mail; whoever was picked stays picked while the search goes on. */
import { useEffect, useState } from 'react';
import { Box, Checkbox, Field, Flex, TextInput, Typography } from '@strapi/design-system';
import { Search } from '@strapi/icons';
import type { Person } from '../../../../server/src/contract';
import { InnerLink } from '../../layout/InnerLink';
import { Note } from '../../layout/Note';
import { WhenLoaded } from '../../layout/WhenLoaded';
import { usersPage } from '../../pages';
import { peopleAddress } from '../../requests/addresses';
import { useLoaded } from '../../requests/use-loaded';
import { useText } from '../../translations/use-text';
import { NameList } from './NameList';
import { useSettled } from './use-settled';

interface Props {
  picked: Person[];
  onChange: (picked: Person[]) => void;
  /** People who may read already: shown as such, still to be picked for other answers or another end. */
  already: readonly Person[];
}

const isIn = (people: readonly Person[], { id }: Person) => people.some((person) => person.id === id);

function PersonBox({ person, picked, already, onChange }: Props & { person: Person }) {
  const text = useText();
  return (
    <Checkbox
      checked={isIn(picked, person)}
      onCheckedChange={(checked) =>
        onChange(checked === true ? [...picked, person] : picked.filter(({ id }) => id !== person.id))
      }
    >
      <Typography>
        {person.name}{' '}
        <Typography textColor="neutral600">
          {person.email}
          {isIn(already, person) && ` – ${text('people.already')}`}
          {!person.active && ` – ${text('people.inactive')}`}
        </Typography>
      </Typography>
    </Checkbox>
  );
}

export function PeoplePicker(props: Props) {
  const { picked } = props;
  const text = useText();
  const [words, setWords] = useState('');
  const searched = useSettled(words);
  const people = useLoaded<{ data: Person[] }>(peopleAddress(searched.trim()));
  const [shown, setShown] = useState<Person[] | null>(null);
  const withoutPages = picked.filter(({ mayOpenPages }) => !mayOpenPages);
  const { loaded } = people;

  // The last list stays while the next one is on its way, so that boxes do not jump under the pointer.
  useEffect(() => {
    if (loaded.status === 'ready') setShown(loaded.answer.data);
    if (loaded.status === 'failed') setShown(null);
  }, [loaded]);

  // Whoever is picked but not among those found stays in sight, on top.
  const list = shown && [...picked.filter((person) => !isIn(shown, person)), ...shown];
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Field.Root hint={text('people.hint')}>
        <Field.Label>{text('people.search')}</Field.Label>
        <TextInput
          value={words}
          onChange={(event) => setWords(event.target.value)}
          startAction={<Search aria-hidden />}
          autoFocus
          autoComplete="off"
        />
        <Field.Hint />
      </Field.Root>
      {list === null ? (
        <WhenLoaded of={people}>{() => null}</WhenLoaded>
      ) : (
        <Box
          tag="fieldset"
          borderColor="neutral200"
          hasRadius
          padding={4}
          maxHeight="22rem"
          overflow="auto"
          aria-label={text('people.list')}
        >
          <Flex direction="column" alignItems="flex-start" gap={3}>
            {list.length === 0 && (
              <Typography textColor="neutral600">
                {text('people.none')} <InnerLink to={usersPage}>{text('people.invite')}</InnerLink>
              </Typography>
            )}
            {list.map((person) => (
              <PersonBox key={person.id} person={person} {...props} />
            ))}
          </Flex>
        </Box>
      )}
      <Typography role="status" textColor="neutral600">
        {text('people.picked', { count: picked.length })}
      </Typography>
      {withoutPages.length > 0 && (
        <Note tone="warning" title={text('people.mayNotOpenPages', { count: withoutPages.length })} announce>
          <NameList people={withoutPages} />. {text('people.askForRole')}
        </Note>
      )}
    </Flex>
  );
}

/** Who may read now, and who will once this is saved, side by side. */
import { Grid, Typography } from '@strapi/design-system';
import type { Person } from '../../../../server/src/contract';
import { useText } from '../../translations/use-text';
import { NameList } from './NameList';

function Side({ title, people }: { title: string; people: readonly Person[] }) {
  const text = useText();
  return (
    <Grid.Item col={6} xs={12} direction="column" alignItems="flex-start" gap={1}>
      <Typography variant="sigma" textColor="neutral600" tag="h3">
        {title}
      </Typography>
      <Typography tag="p">{people.length === 0 ? text('add.nobody') : <NameList people={people} />}</Typography>
    </Grid.Item>
  );
}

export function BeforeAndAfter({ before, after }: { before: readonly Person[]; after: readonly Person[] }) {
  const text = useText();
  return (
    <Grid.Root gap={4} background="neutral100" hasRadius padding={4} aria-live="polite">
      <Side title={text('add.before')} people={before} />
      <Side title={text('add.after')} people={after} />
    </Grid.Root>
  );
}

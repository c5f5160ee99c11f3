/** Which answers the picked people may read: all of them, also later ones, or only some. */
import { Box, Checkbox, Flex, Radio, Typography } from '@strapi/design-system';
import type { ReadersPage } from '../../../../server/src/contract';
import { useText } from '../../translations/use-text';

interface Props {
  all: ReadersPage['fields'];
  /** null: all. */
  chosen: string[] | null;
  onChange: (chosen: string[] | null) => void;
}

export function FieldsChoice({ all, chosen, onChange }: Props) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography id="fields-choice" variant="pi" fontWeight="bold">
        {text('which.title')}
      </Typography>
      <Radio.Group
        aria-labelledby="fields-choice"
        value={chosen === null ? 'all' : 'some'}
        onValueChange={(choice) => onChange(choice === 'all' ? null : [])}
      >
        <Radio.Item value="all">{text('which.all')}</Radio.Item>
        <Radio.Item value="some">{text('which.some')}</Radio.Item>
      </Radio.Group>
      {chosen !== null && (
        <Box tag="fieldset" borderColor="neutral200" hasRadius padding={4} aria-label={text('which.list')}>
          <Flex direction="column" alignItems="flex-start" gap={3}>
            {all.map(({ name, label }) => (
              <Checkbox
                key={name}
                checked={chosen.includes(name)}
                onCheckedChange={(checked) =>
                  onChange(checked === true ? [...chosen, name] : chosen.filter((one) => one !== name))
                }
              >
                <Typography>{label}</Typography>
              </Checkbox>
            ))}
          </Flex>
        </Box>
      )}
    </Flex>
  );
}

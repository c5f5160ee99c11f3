/** What a question takes that asks for files: which kinds, how large, how many. What is sent is checked by the server. */
import { useId } from 'react';
import { Box, Checkbox, Field, Flex, Grid, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { FILE_KINDS, type FileKind } from '../../../server/src/contract';
import { MB } from '../translations/use-sizes';
import { useText } from '../translations/use-text';
import { kindsOf, type EditedField } from './edited-form';
import { NumberField } from './Inputs';
import { useProblem } from './problems';

interface Props {
  place: string;
  field: EditedField;
  onChange: (field: EditedField) => void;
}

function AnyWarning() {
  const text = useText();
  return (
    <Flex gap={2} alignItems="flex-start" paddingTop={1}>
      <Flex paddingTop="1px" shrink={0}>
        <WarningCircle fill="warning600" width="1.4rem" height="1.4rem" aria-hidden />
      </Flex>
      <Typography variant="pi" textColor="neutral800">
        {text('files.anyWarning')}
      </Typography>
    </Flex>
  );
}

/** “Any kind” stands for all the others; what was ticked besides comes back when it is taken away. */
function Kinds({ place, field, onChange }: Props) {
  const text = useText();
  const problem = useProblem(`${place}.accept`);
  const kinds = kindsOf(field);
  const isAny = kinds.includes('any');
  const problemId = useId();

  const tick = (kind: FileKind, isTicked: boolean) => {
    const others = kinds.filter((one) => one !== kind);
    onChange({ ...field, accept: isTicked ? [...others, kind] : others });
  };

  return (
    <>
      <Box
        tag="fieldset"
        aria-label={text('files.kinds')}
        background="neutral0"
        borderColor="neutral200"
        hasRadius
        padding={4}
        {...(problem === undefined ? {} : { 'aria-describedby': problemId })}
      >
        <Typography variant="pi" fontWeight="bold" tag="p" aria-hidden>
          {text('files.kinds')}
        </Typography>
        <Flex direction="column" alignItems="flex-start" gap={2} paddingTop={2} paddingBottom={1}>
          {FILE_KINDS.map((kind) => (
            <Checkbox
              key={kind}
              checked={kinds.includes(kind) || isAny}
              disabled={isAny && kind !== 'any'}
              onCheckedChange={(checked) => tick(kind, checked === true)}
            >
              <Typography>{text(`files.kind.${kind}`)}</Typography>
            </Checkbox>
          ))}
        </Flex>
        <div role="status">{isAny && <AnyWarning />}</div>
      </Box>
      <div id={problemId}>
        {problem !== undefined && (
          <Field.Root error={problem}>
            <Field.Error />
          </Field.Root>
        )}
      </div>
    </>
  );
}

type Limit = 'maxBytes' | 'maxFiles';

function withLimit(field: EditedField, limit: Limit, value: number | undefined): EditedField {
  const { [limit]: _, ...rest } = field;
  return value === undefined ? rest : { ...rest, [limit]: value };
}

const inMegabytes = (bytes: number | undefined) => (bytes === undefined ? undefined : Number((bytes / MB).toFixed(3)));
const inBytes = (megabytes: number | undefined) => (megabytes === undefined ? undefined : Math.round(megabytes * MB));

export function FileLimits(props: Props) {
  const text = useText();
  const { place, field, onChange } = props;
  return (
    <>
      <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch">
        <Kinds {...props} />
      </Grid.Item>
      <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch" justifyContent="flex-start" gap={4}>
        <NumberField
          place={`${place}.maxBytes`}
          label={text('files.maxBytes')}
          hint={text('files.maxBytesHint')}
          value={inMegabytes(field.maxBytes)}
          onChange={(value) => onChange(withLimit(field, 'maxBytes', inBytes(value)))}
        />
        <NumberField
          place={`${place}.maxFiles`}
          label={text('files.maxFiles')}
          hint={text('files.maxFilesHint')}
          value={field.maxFiles}
          onChange={(value) => onChange(withLimit(field, 'maxFiles', value))}
        />
      </Grid.Item>
    </>
  );
}

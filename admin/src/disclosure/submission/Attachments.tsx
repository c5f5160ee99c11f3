/** The files of one answer: what each is, and a button that fetches it. Nothing of them is shown in the page or kept by it. */
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { styled } from 'styled-components';
import type { DisclosedFile } from '../../../../server/src/contract';
import { useSizes } from '../../translations/use-sizes';
import { useText } from '../../translations/use-text';
import { kindOfFile } from './kind-of-file';
import { useDownload, type Place } from './use-download';

const Name = styled(Typography)`
  overflow-wrap: anywhere;
  /* A name in Arabic or Hebrew keeps its own direction, and its ending its place. */
  unicode-bidi: isolate;
`;

function Attachment({ file, ...place }: Place & { file: DisclosedFile }) {
  const text = useText();
  const inWords = useSizes();
  const { isLoading, problem, download } = useDownload(place, file);
  const { name, type, bytes } = file;
  return (
    <Box tag="li" background="neutral100" borderColor="neutral200" hasRadius padding={3}>
      <Flex justifyContent="space-between" gap={4} wrap="wrap">
        <Box flex="1 1 20rem" minWidth={0}>
          <Name tag="p" fontWeight="semiBold">
            {name}
          </Name>
          <Typography tag="p" variant="pi" textColor="neutral600">
            {text('file.kindAndSize', { kind: text(kindOfFile(type)), size: inWords(bytes) })}
          </Typography>
        </Box>
        <Button
          variant="secondary"
          startIcon={<Download aria-hidden />}
          // Not `loading`: that disables the button, and takes the focus away from whoever pressed it with the keyboard.
          aria-disabled={isLoading}
          aria-label={text(isLoading ? 'file.downloadingOf' : 'file.downloadOf', { name })}
          onClick={() => void download()}
        >
          {text(isLoading ? 'file.downloading' : 'file.download')}
        </Button>
      </Flex>
      <div role="alert">
        {problem !== null && (
          <Typography tag="p" variant="pi" textColor="danger600" paddingTop={2}>
            {problem}
          </Typography>
        )}
      </div>
    </Box>
  );
}

export function Attachments({ files, ...place }: Place & { files: DisclosedFile[] }) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
        {files.map((file) => (
          <Attachment key={file.file} file={file} {...place} />
        ))}
      </Flex>
      <Typography tag="p" variant="pi" textColor="neutral600">
        {text('file.recorded')}
      </Typography>
    </Flex>
  );
}

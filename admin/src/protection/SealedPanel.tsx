/**
 * Stands beside a submission of a wrapped type in the content manager, and says why its boxes are empty: Strapi 5.54 shows an
 * empty box for what it was not given, and a switch that says “false”.
 */
import { Flex, Typography } from '@strapi/design-system';
import type { Locks } from '../../../server/src/contract';
import { InnerLink } from '../layout/InnerLink';
import { submissionPage } from '../pages';
import { locksAddress } from '../requests/addresses';
import { useLoaded } from '../requests/use-loaded';
import { useText } from '../translations/use-text';

interface Place {
  model: string;
  /** Not there while a submission is entered by hand. */
  documentId?: string | undefined;
}

function Explanation({ model, documentId }: Place) {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={2} data-form-guard="sealed">
      <Typography tag="p" textColor="neutral800">
        {text(documentId === undefined ? 'sealed.entering' : 'sealed.notShown')}
      </Typography>
      {documentId !== undefined && <InnerLink to={submissionPage(model, documentId)}>{text('sealed.read')}</InnerLink>}
    </Flex>
  );
}

/** As the content manager wants it: a hook that gives a panel or none. */
export function useSealedPanel({ model, documentId }: Place) {
  const text = useText();
  const { loaded } = useLoaded<{ data: Locks }>(locksAddress);
  const isLocked = loaded.status === 'ready' && loaded.answer.data.types.some(({ id }) => id === model);
  if (!isLocked) return null;
  return { title: text('sealed.title'), content: <Explanation model={model} documentId={documentId} /> };
}

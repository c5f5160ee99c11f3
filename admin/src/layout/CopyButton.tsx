/** Copies what stands in an element of the page, and says beside the button whether that worked, or how to do it oneself. */
import { useState, type ReactElement, type RefObject } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useText } from '../translations/use-text';
import { copyText } from './copy-text';

type Result = 'copied' | 'notCopied';

interface Props {
  label: string;
  of: RefObject<HTMLElement>;
  /** Shows the element, where it is not always there. */
  onCopy?: () => void;
  /** Buttons that stand beside. */
  children?: ReactElement;
}

export function CopyButton({ label, of, onCopy, children }: Props) {
  const text = useText();
  const [result, setResult] = useState<Result | null>(null);
  const copy = async () => {
    // Said anew each time: a screen reader reads what changes.
    setResult(null);
    onCopy?.();
    if (of.current !== null) setResult((await copyText(of.current)) ? 'copied' : 'notCopied');
  };
  return (
    <Flex gap={3} wrap="wrap">
      {children}
      <Button variant="tertiary" size="S" startIcon={<Duplicate />} onClick={() => void copy()}>
        {label}
      </Button>
      <Typography role="status" textColor="neutral600">
        {result === null ? '' : text(`copying.${result}`)}
      </Typography>
    </Flex>
  );
}

/** Asks before unsaved work is lost, inside the admin and when the tab is closed. */
import { useEffect } from 'react';
import { Button, Dialog } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import { useBlocker } from 'react-router-dom';
import { useText } from '../translations/use-text';

/** Given as the state of a navigation that nothing can be lost by. */
export const NOTHING_TO_LOSE = { nothingToLose: true } as const;

const losesNothing = (state: unknown) => typeof state === 'object' && state !== null && 'nothingToLose' in state;

export function LeaveWarning({ isNeeded }: { isNeeded: boolean }) {
  const text = useText();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isNeeded && currentLocation.pathname !== nextLocation.pathname && !losesNothing(nextLocation.state),
  );

  useEffect(() => {
    if (!isNeeded) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isNeeded]);

  return (
    <Dialog.Root open={blocker.state === 'blocked'} onOpenChange={(open) => !open && blocker.reset?.()}>
      <ConfirmDialog
        title={text('leave.title')}
        endAction={
          // Not a Dialog.Action: that would also close the dialog, which means staying.
          <Button variant="danger" fullWidth onClick={() => blocker.proceed?.()}>
            {text('leave.leave')}
          </Button>
        }
      >
        {text('leave.body')}
      </ConfirmDialog>
    </Dialog.Root>
  );
}

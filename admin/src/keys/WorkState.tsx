/** How far the work of sealing a form's submissions anew is, seen and heard. */
import { Flex, ProgressBar, Typography } from '@strapi/design-system';
import type { WorkProgress } from '../../../server/src/contract';
import { useText, type TextKey } from '../translations/use-text';

const PHASES: Record<Exclude<WorkProgress['phase'], 'done'>, TextKey> = {
  values: 'keys.phaseValues',
  files: 'keys.phaseFiles',
  checking: 'keys.phaseChecking',
};

interface Props {
  older: number;
  work: WorkProgress | null;
  label: string;
}

export function WorkState({ older, work, label }: Props) {
  const text = useText();
  const bad = work === null || work.unreadable === 0 ? null : text('keys.unreadable', { count: work.unreadable });
  if (work === null || work.phase === 'done') {
    return (
      <Flex direction="column" alignItems="flex-start" gap={1}>
        {bad === null ? (
          <Typography>{text(older === 0 ? 'keys.allCurrent' : 'keys.allAnew')}</Typography>
        ) : (
          <Typography textColor="danger600">{bad}</Typography>
        )}
      </Flex>
    );
  }
  const { phase, done, total, secondsLeft } = work;
  // Strapi's bar (2.2) only draws it: what it shows is told here.
  const percent = total === 0 ? 0 : Math.floor((done / total) * 100);
  return (
    <Flex direction="column" alignItems="stretch" gap={1} minWidth="18rem">
      <ProgressBar
        value={percent}
        aria-valuenow={percent}
        aria-valuetext={text(PHASES[phase], { done, total })}
        aria-label={text('keys.progressOf', { label })}
      />
      <Typography variant="pi">
        {text(PHASES[phase], { done, total })}
        {secondsLeft !== null && phase !== 'checking' ? ` ${text('keys.left', { seconds: secondsLeft })}` : ''}
      </Typography>
      {bad !== null && (
        <Typography variant="pi" textColor="danger600">
          {bad}
        </Typography>
      )}
    </Flex>
  );
}

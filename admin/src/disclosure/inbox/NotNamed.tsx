/** For somebody who is not named for this form: why nothing is shown, and who can help. */
import { Flex, Typography } from '@strapi/design-system';
import { InnerLinkButton } from '../../layout/InnerLink';
import { Panel } from '../../layout/Panel';
import { Screen } from '../../layout/Screen';
import { overviewPage, readersPage } from '../../pages';
import type { Failure } from '../../requests/read-failure';
import { useText } from '../../translations/use-text';
import { isNoReaderOfAll, isSuspended } from '../is-not-named';

interface Props {
  formOrType: string;
  /** Of a reader whose account was changed, or of too few answers, the server says what has happened and who can help. */
  failure: Failure;
}

const titleOf = (failure: Failure) => {
  if (isSuspended(failure)) return 'notNamed.suspended';
  return isNoReaderOfAll(failure) ? 'notNamed.notAll' : 'notNamed.why';
};

export function NotNamed({ formOrType, failure }: Props) {
  const text = useText();
  const isTold = isSuspended(failure) || isNoReaderOfAll(failure);
  return (
    <Screen title={text('notNamed.title')} backTo={overviewPage}>
      <Panel title={text(titleOf(failure))}>
        <Flex direction="column" alignItems="flex-start" gap={4}>
          <Typography tag="p">{isTold ? failure.message : text('notNamed.body')}</Typography>
          <InnerLinkButton to={readersPage(formOrType)}>{text('notNamed.seeReaders')}</InnerLinkButton>
        </Flex>
      </Panel>
    </Screen>
  );
}

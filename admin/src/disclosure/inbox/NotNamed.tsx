/** For somebody who is not named for this form: why nothing is shown, and who can help. */
import { Flex, Typography } from '@strapi/design-system';
import { InnerLinkButton } from '../../layout/InnerLink';
import { Panel } from '../../layout/Panel';
import { Screen } from '../../layout/Screen';
import { overviewPage, readersPage } from '../../pages';
import type { Failure } from '../../requests/read-failure';
import { useText } from '../../translations/use-text';
import { isSuspended } from '../is-not-named';

interface Props {
  formOrType: string;
  /** Of a reader whose account was changed, the server says what has happened and who can help. */
  failure: Failure;
}

export function NotNamed({ formOrType, failure }: Props) {
  const text = useText();
  return (
    <Screen title={text('notNamed.title')} backTo={overviewPage}>
      <Panel title={isSuspended(failure) ? text('notNamed.suspended') : text('notNamed.why')}>
        <Flex direction="column" alignItems="flex-start" gap={4}>
          <Typography tag="p">{isSuspended(failure) ? failure.message : text('notNamed.body')}</Typography>
          <InnerLinkButton to={readersPage(formOrType)}>{text('notNamed.seeReaders')}</InnerLinkButton>
        </Flex>
      </Panel>
    </Screen>
  );
}

/** For somebody who is not named for this form: why nothing is shown, and who can help. */
import { Flex, Typography } from '@strapi/design-system';
import { InnerLinkButton } from '../../layout/InnerLink';
import { Panel } from '../../layout/Panel';
import { Screen } from '../../layout/Screen';
import { overviewPage, readersPage } from '../../pages';
import { useText } from '../../translations/use-text';

export function NotNamed({ formOrType }: { formOrType: string }) {
  const text = useText();
  return (
    <Screen title={text('notNamed.title')} backTo={overviewPage}>
      <Panel title={text('notNamed.why')}>
        <Flex direction="column" alignItems="flex-start" gap={4}>
          <Typography tag="p">{text('notNamed.body')}</Typography>
          <InnerLinkButton to={readersPage(formOrType)}>{text('notNamed.seeReaders')}</InnerLinkButton>
        </Flex>
      </Panel>
    </Screen>
  );
}

/** For an address under this plugin that leads nowhere. */
import { overviewPage } from '../pages';
import { useText } from '../translations/use-text';
import { Empty } from './Empty';
import { InnerLinkButton } from './InnerLink';
import { Screen } from './Screen';

export function NoSuchPage() {
  const text = useText();
  return (
    <Screen title={text('noSuchPage.title')}>
      <Empty action={<InnerLinkButton to={overviewPage}>{text('noSuchPage.back')}</InnerLinkButton>}>
        {text('noSuchPage.body')}
      </Empty>
    </Screen>
  );
}

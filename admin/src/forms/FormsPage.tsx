/** All forms that editors made, with the address each one has. */
import { Plus } from '@strapi/icons';
import type { Form } from '../../../server/src/contract';
import { Badge } from '../layout/Badge';
import { Empty } from '../layout/Empty';
import { InnerLink, InnerLinkButton } from '../layout/InnerLink';
import { PlainTable } from '../layout/PlainTable';
import { Screen } from '../layout/Screen';
import { When } from '../layout/When';
import { WhenLoaded } from '../layout/WhenLoaded';
import { formPage, newFormPage, overviewPage } from '../pages';
import { formsAddress } from '../requests/addresses';
import { useLoaded } from '../requests/use-loaded';
import { useText } from '../translations/use-text';

function FormRow({ form }: { form: Form }) {
  const text = useText();
  return (
    <tr>
      <th scope="row">
        <InnerLink to={formPage(form.documentId)}>{form.title}</InnerLink>
      </th>
      <td>{form.slug}</td>
      <td>
        <Badge variant={form.open ? 'success' : 'neutral'}>{text(form.open ? 'sources.open' : 'sources.closed')}</Badge>
      </td>
      <td>{text('sources.count', { count: form.submissions })}</td>
      <td>
        <When at={form.updatedAt} as="day" />
      </td>
    </tr>
  );
}

export function FormsPage() {
  const text = useText();
  const forms = useLoaded<{ data: Form[] }>(formsAddress);
  const newForm = (
    <InnerLinkButton to={newFormPage} startIcon={<Plus />}>
      {text('overview.newForm')}
    </InnerLinkButton>
  );
  return (
    <Screen title={text('forms.title')} subtitle={text('forms.subtitle')} backTo={overviewPage} actions={newForm}>
      <WhenLoaded of={forms}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty action={newForm}>{text('forms.none')}</Empty>
          ) : (
            <PlainTable
              caption={text('forms.title')}
              columns={[
                text('forms.column.title'),
                text('forms.column.slug'),
                text('sources.column.state'),
                text('sources.column.submissions'),
                text('forms.column.updatedAt'),
              ]}
            >
              {data.map((form) => (
                <FormRow key={form.documentId} form={form} />
              ))}
            </PlainTable>
          )
        }
      </WhenLoaded>
    </Screen>
  );
}

/** Which page answers which address under `/plugins/form-guard`. */
import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { AuditPage } from './audit/AuditPage';
import { InboxPage } from './disclosure/inbox/InboxPage';
import { ReadersPage } from './disclosure/readers/ReadersPage';
import { SubmissionPage } from './disclosure/submission/SubmissionPage';
import { WhoCanReadPage } from './disclosure/who/WhoCanReadPage';
import { WhoCanReadWhatPage } from './disclosure/who/WhoCanReadWhatPage';
import { OverviewPage } from './exposure/OverviewPage';
import { FormPage } from './forms/FormPage';
import { FormsPage } from './forms/FormsPage';
import { NewFormPage } from './forms/NewFormPage';
import { KeysPage } from './keys/KeysPage';
import { NoSuchPage } from './layout/NoSuchPage';
import { MAY_MANAGE_FORMS, MAY_MANAGE_KEYS, MAY_NAME_READERS, MAY_OPEN_PAGES, MAY_READ_AUDIT } from './permissions';

const namersOnly = (page: JSX.Element) => <Page.Protect permissions={MAY_NAME_READERS}>{page}</Page.Protect>;
const formsOnly = (page: JSX.Element) => <Page.Protect permissions={MAY_MANAGE_FORMS}>{page}</Page.Protect>;

export default function App() {
  return (
    <Page.Protect permissions={MAY_OPEN_PAGES}>
      <Routes>
        <Route index element={<OverviewPage />} />
        <Route path="forms" element={formsOnly(<FormsPage />)} />
        <Route path="forms/new" element={formsOnly(<NewFormPage />)} />
        <Route path="forms/:documentId" element={formsOnly(<FormPage />)} />
        <Route path="inbox/:formOrType" element={<InboxPage />} />
        <Route path="inbox/:formOrType/:recordId" element={<SubmissionPage />} />
        <Route path="readers/:formOrType" element={<ReadersPage />} />
        <Route path="who-can-read" element={namersOnly(<WhoCanReadWhatPage />)} />
        <Route path="who-can-read/:formOrType" element={namersOnly(<WhoCanReadPage />)} />
        <Route
          path="audit"
          element={
            <Page.Protect permissions={MAY_READ_AUDIT}>
              <AuditPage />
            </Page.Protect>
          }
        />
        <Route
          path="keys"
          element={
            <Page.Protect permissions={MAY_MANAGE_KEYS}>
              <KeysPage />
            </Page.Protect>
          }
        />
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </Page.Protect>
  );
}

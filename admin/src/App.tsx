/** Which page answers which address under `/plugins/form-guard`. */
import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { AuditPage } from './audit/AuditPage';
import { BinPage } from './disclosure/bin/BinPage';
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
import { MAY_DELETE, MAY_MANAGE_FORMS, MAY_MANAGE_KEYS, MAY_NAME_READERS, MAY_OPEN_PAGES, MAY_READ_AUDIT } from './permissions';

const only = (permissions: typeof MAY_OPEN_PAGES, page: JSX.Element) => (
  <Page.Protect permissions={permissions}>{page}</Page.Protect>
);

export default function App() {
  return (
    <Page.Protect permissions={MAY_OPEN_PAGES}>
      <Routes>
        <Route index element={<OverviewPage />} />
        <Route path="forms" element={only(MAY_MANAGE_FORMS, <FormsPage />)} />
        <Route path="forms/new" element={only(MAY_MANAGE_FORMS, <NewFormPage />)} />
        <Route path="forms/:documentId" element={only(MAY_MANAGE_FORMS, <FormPage />)} />
        <Route path="inbox/:formOrType" element={<InboxPage />} />
        <Route path="inbox/:formOrType/:recordId" element={<SubmissionPage />} />
        <Route path="bin/:formOrType" element={only(MAY_DELETE, <BinPage />)} />
        <Route path="readers/:formOrType" element={<ReadersPage />} />
        <Route path="who-can-read" element={only(MAY_NAME_READERS, <WhoCanReadWhatPage />)} />
        <Route path="who-can-read/:formOrType" element={only(MAY_NAME_READERS, <WhoCanReadPage />)} />
        <Route path="audit" element={only(MAY_READ_AUDIT, <AuditPage />)} />
        <Route path="keys" element={only(MAY_MANAGE_KEYS, <KeysPage />)} />
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
    </Page.Protect>
  );
}

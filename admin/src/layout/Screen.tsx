/** The frame of every page: its title for the browser and the reader, the way back, its actions, its content. */
import type { ReactNode } from 'react';
import { BackButton, Layouts, Page } from '@strapi/strapi/admin';

interface Props {
  title: string;
  subtitle?: string;
  /** Where "Back" leads for somebody who came by a link. */
  backTo?: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function Screen({ title, subtitle, backTo, actions, children }: Props) {
  return (
    <Page.Main>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        id="main-content-title"
        title={title}
        {...(subtitle === undefined ? {} : { subtitle })}
        {...(backTo === undefined ? {} : { navigationAction: <BackButton fallback={backTo} /> })}
        primaryAction={actions}
      />
      <Layouts.Content>{children}</Layouts.Content>
    </Page.Main>
  );
}

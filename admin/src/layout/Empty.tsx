/** What a list says when it has nothing to show, and what could be done about it. */
import type { ReactNode } from 'react';
import { EmptyStateLayout } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';

export function Empty({ children, action }: { children: string; action?: ReactNode }) {
  return (
    <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={children} action={action} shadow="tableShadow" hasRadius />
  );
}

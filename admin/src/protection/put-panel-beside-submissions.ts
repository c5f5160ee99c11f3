/** Adds the panel to the content manager's edit view, where it shows itself beside submissions and beside nothing else. */
import type { StrapiApp } from '@strapi/strapi/admin';
import { useSealedPanel } from './SealedPanel';

type AddPanels = (panels: (typeof useSealedPanel)[]) => void;

export function putPanelBesideSubmissions(app: StrapiApp): void {
  // The content manager is a plugin like others, and what it offers to them has no types (Strapi 5.54).
  const { addEditViewSidePanel } = app.getPlugin('content-manager').apis as { addEditViewSidePanel?: AddPanels };
  addEditViewSidePanel?.([useSealedPanel]);
}

/**
 * Keeps Strapi's notifications away from the dialog of a refusal for as long as it is open. A screen says a refused save in a red
 * notification as well (5.54: sonner, above everything else), which would cover the title with the same words.
 */
import { createGlobalStyle } from 'styled-components';

export const NotificationsBeneath = createGlobalStyle`
  ol[data-sonner-toaster] {
    z-index: ${({ theme }) => theme.zIndices.overlay - 1};
  }

  [data-sonner-toast]:has([role='alert']) {
    visibility: hidden;
  }
`;

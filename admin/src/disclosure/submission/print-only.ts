/** On paper: what was answered and noted, without the admin around it. */
import { createGlobalStyle } from 'styled-components';

export const PrintOnly = createGlobalStyle`
  @media print {
    body * {
      visibility: hidden;
    }
    [data-form-guard='printed'],
    [data-form-guard='printed'] * {
      visibility: visible;
    }
    [data-form-guard='printed'] {
      position: absolute;
      inset: 0 0 auto 0;
    }
    [data-form-guard='not-printed'] {
      display: none;
    }
  }
`;

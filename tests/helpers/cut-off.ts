/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** What somebody cannot read of a page although it is there: text that is cut off, lies beyond an edge, or over other text. */
import type { Page } from 'playwright-core';

/** @param part a selector: the plugin's own part of the page */
export const cutOffIn = (page: Page, part: string): Promise<string[]> =>
  page
    .locator(part)
    .first()
    .evaluate((whole) => {
      const found = new Set<string>();
      const heard = (element: Element): boolean => getComputedStyle(element).position === 'absolute' || element.clientWidth <= 2;
      const lines = (element: Element): number => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
      };
      for (const element of whole.querySelectorAll<HTMLElement>('*')) {
        const text = element.innerText?.trim().replace(/\s+/g, ' ').slice(0, 60);
        if (!text || heard(element)) continue;
        const { overflowX, textOverflow, fontSize, lineHeight, whiteSpace } = getComputedStyle(element);
        const isWider = element.scrollWidth > element.clientWidth + 1;
        // Code is as long as it is, and is moved to and fro.
        if (isWider && overflowX !== 'visible' && element.tagName !== 'PRE') found.add(`cut off (${textOverflow}): ${text}`);
        if (element.children.length > 0 || whiteSpace === 'nowrap') continue;
        if (parseFloat(lineHeight) < parseFloat(fontSize) && lines(element) > 1) found.add(`line over line: ${text}`);
      }
      return [...found];
    });

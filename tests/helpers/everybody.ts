/// <reference lib="dom" />
/** For people who do not use a mouse, or do not see the screen: what axe-core finds, and ways that are walked with keys. */
import fs from 'node:fs';
import type { Locator, Page } from 'playwright-core';

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** Of axe's minor, moderate, serious and critical: what keeps somebody from using a page. */
const KEEPS_OUT = ['serious', 'critical'];

interface Violation {
  id: string;
  impact: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** @param part a selector: the plugin's own part of the page, because the rest is Strapi's. */
export const obstaclesIn = async (page: Page, part: string): Promise<string[]> => {
  await page.evaluate(AXE);
  const found = await page.evaluate(async (selector) => {
    const { axe } = window as unknown as {
      axe: { run(context: string): Promise<{ violations: Violation[]; passes: object[] }> };
    };
    return axe.run(selector);
  }, part);
  if (found.passes.length === 0) throw new Error(`axe looked at nothing in ${part}`);
  return found.violations
    .filter(({ impact }) => KEEPS_OUT.includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`));
};

export const hasFocus = (locator: Locator): Promise<boolean> => locator.evaluate((element) => element === document.activeElement);

/** Waits until the focus is there. @throws when it does not come */
export const focusOn = async (locator: Locator): Promise<void> => {
  await locator.waitFor();
  const element = await locator.elementHandle();
  await locator.page().waitForFunction((wanted) => wanted === document.activeElement, element);
};

/** Presses Tab until the focus is there. @returns how often. @throws when it cannot be reached */
export const tabTo = async (page: Page, target: Locator, atMost = 60): Promise<number> => {
  await target.waitFor();
  for (let presses = 1; presses <= atMost; presses += 1) {
    await page.keyboard.press('Tab');
    if (await hasFocus(target)) return presses;
  }
  throw new Error(`${atMost} presses of Tab do not lead to ${target}`);
};

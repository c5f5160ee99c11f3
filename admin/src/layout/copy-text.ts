/**
 * Copies the text of an element of the page. Browsers give `navigator.clipboard` to pages under https and on this machine only; without
 * it the text is selected, where people see it, and the older command of browsers is tried.
 */

function select(element: HTMLElement): void {
  const selection = window.getSelection();
  const range = document.createRange();
  range.selectNodeContents(element);
  selection?.removeAllRanges();
  selection?.addRange(range);
}

const writeToClipboard = async (text: string): Promise<boolean> => {
  // Its types say that it is always there.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) return false;
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    // The person, or the site, does not let this page copy; the older way is another right.
    return false;
  }
};

/** @returns whether it was copied; when not, it is left selected */
export async function copyText(element: HTMLElement): Promise<boolean> {
  if (await writeToClipboard(element.textContent ?? '')) return true;
  select(element);
  return document.execCommand('copy');
}

/**
 * Puts a lock into the boxes whose tick would be refused, on whichever of Strapi's screens they stand. As style alone: the boxes
 * are Strapi's, and go on working as they do. Who does not see it hears the banner, which comes first.
 */
import { createGlobalStyle } from 'styled-components';
import type { Locks } from '../../../server/src/contract';

const quoted = (text: string): string => JSON.stringify(text);

/**
 * What the boxes of Strapi 5.54 are called: in roles of visitors (`api::a.controllers.b.find.enabled`), in API tokens
 * (`api::a.b.find`), in roles of the admin and admin tokens (`collectionTypes..api::a.b..…`). Sending stays open.
 */
function namesOfBoxes({ types, entryEvents }: Locks): string[] {
  const ofTypes = types.flatMap(({ id }) => {
    const [owner = '', name = ''] = id.split('.');
    const visitors = `${owner}.controllers.${name}.`;
    return [
      `[name^=${quoted(visitors)}]:not([name=${quoted(`${visitors}create.enabled`)}])`,
      `[name^=${quoted(`${id}.`)}]:not([name=${quoted(`${id}.create`)}])`,
      `[name*=${quoted(`..${id}..`)}]`,
      `[name$=${quoted(`..${id}`)}]`,
    ];
  });
  return entryEvents ? [...ofTypes, '[name^="entry."]'] : ofTypes;
}

/** Strapi hides the box itself behind a button, which comes right before it. */
const selectorOf = (locks: Locks): string =>
  namesOfBoxes(locks)
    .map((name) => `button[role='checkbox']:has(+ input${name})`)
    .join(',');

const lock = (color: string): string => {
  const drawn = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32' fill='${color}'><path d='M26 10h-4V8a6 6 0 0 0-12 0v2H6a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h20a2 2 0 0 0 2-2V12a2 2 0 0 0-2-2M12 8a4 4 0 0 1 8 0v2h-8z'/></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(drawn)}")`;
};

export const LockedBoxes = createGlobalStyle<{ $locks: Locks }>`
  ${({ $locks }) => selectorOf($locks)} {
    background-image: ${({ theme }) => lock(theme.colors.neutral500)};
    background-position: center;
    background-repeat: no-repeat;
    background-size: 70%;
  }
`;

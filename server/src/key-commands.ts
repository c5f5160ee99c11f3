/** `form-guard keys …`: what keys there are, new ones, none of the old ones. Shows ids and numbers, never a key. */
import { setTimeout as pause } from 'node:timers/promises';
import { SYSTEM } from './audit';
import type { Command, Terminal } from './commands';
import type { Strapi } from './strapi';
import { count } from './terminal';
import { progressOf, vaultOf, type KeysOf } from './vault';

const progress = ({ job }: KeysOf): string => {
  if (!job) return '';
  const { done, total, phase, unreadable, perSecond, secondsLeft } = progressOf(job, new Date());
  const left = secondsLeft === null ? '' : `, ${perSecond} a second, about ${secondsLeft} s left`;
  const bad = unreadable > 0 ? `, ${unreadable} do not open and stay as they are` : '';
  return phase === 'done' ? `${done} of ${total} sealed anew${bad}` : `${done} of ${total} sealed anew (${phase})${left}${bad}`;
};

const line = (keys: KeysOf): string =>
  [
    `${keys.formOrType}: current key since ${keys.since ?? 'never'}`,
    `at most ${count(keys.seals, 'seal')}`,
    count(keys.older, 'older key'),
    progress(keys),
  ]
    .filter(Boolean)
    .join(', ');

export const listKeys: Command = async (strapi, { print }) => {
  const { keys } = vaultOf(strapi);
  for (const formOrType of await keys.formsAndTypes()) print(line(await keys.summarise(formOrType)));
  return 0;
};

/** @returns those that were asked for, or null when there is no such form or type */
const chosen = async (strapi: Strapi, terminal: Terminal, formOrType?: string): Promise<string[] | null> => {
  const all = await vaultOf(strapi).keys.formsAndTypes();
  if (formOrType === undefined) return all;
  if (all.includes(formOrType)) return [formOrType];
  terminal.explain(`There are no keys of "${formOrType}". There are: ${all.join(', ') || 'none yet'}.`);
  return null;
};

/** Works, or watches another instance work, until everything is sealed anew. */
const finish = async (strapi: Strapi, formsAndTypes: string[], { print, explain }: Terminal): Promise<number> => {
  const { keys, worker } = vaultOf(strapi);
  let isOver = false;
  const watch = async (): Promise<void> => {
    for (;;) {
      await pause(1000);
      if (isOver) return;
      for (const formOrType of formsAndTypes) {
        const summary = await keys.summarise(formOrType);
        if (summary.job && summary.job.phase !== 'done') explain(`${formOrType}: ${progress(summary)}`);
      }
    }
  };
  const watching = watch();
  let unreadable = 0;
  for (const formOrType of formsAndTypes) {
    let summary = await keys.summarise(formOrType);
    while (summary.job && summary.job.phase !== 'done') {
      const failed = (await worker.start()).get(formOrType);
      if (failed) throw failed;
      summary = await keys.summarise(formOrType);
      if (summary.job?.phase !== 'done') await pause(1000);
    }
    unreadable += summary.job?.unreadable ?? 0;
    print(`${formOrType}: ${progress(summary)}`);
  }
  isOver = true;
  await watching;
  return unreadable === 0 ? 0 : 1;
};

export const rotateKeys =
  (formOrType?: string): Command =>
  async (strapi, terminal) => {
    const formsAndTypes = await chosen(strapi, terminal, formOrType);
    if (!formsAndTypes) return 2;
    for (const one of formsAndTypes) await vaultOf(strapi).keys.rotate(one, SYSTEM);
    return finish(strapi, formsAndTypes, terminal);
  };

export const rewrapKeys: Command = async (strapi, { print, explain }) => {
  const { rewrapped, lost } = await vaultOf(strapi).keys.rewrap(SYSTEM);
  print(`${count(rewrapped, 'key')} wrapped anew.`);
  if (lost > 0) {
    explain(`${count(lost, 'key')} could not be: the root key is not there. "form-guard doctor" says what does not open.`);
    return 1;
  }
  explain('The other root keys in FORM_GUARD_KEYS are not needed by this database any more. Backups from before need them.');
  return 0;
};

export const destroyOlderKeys =
  (formOrType: string): Command =>
  async (strapi, terminal) => {
    if (!(await chosen(strapi, terminal, formOrType))) return 2;
    terminal.print(`${count(await vaultOf(strapi).keys.destroyOlder(formOrType, SYSTEM), 'older key')} destroyed.`);
    return 0;
  };

export const shredKeys =
  (formOrType: string): Command =>
  async (strapi, terminal) => {
    if (!(await chosen(strapi, terminal, formOrType))) return 2;
    const { submissions, attachments } = await vaultOf(strapi).keys.shred(formOrType, SYSTEM);
    terminal.print(`The keys of ${count(submissions, 'submission')} and ${count(attachments, 'attachment')} are destroyed.`);
    return 0;
  };

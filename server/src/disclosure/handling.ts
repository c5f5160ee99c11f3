/** How a submission is dealt with: its state, by whom, until when, what colleagues noted, and what happened to it. */
import * as yup from 'yup';
import { historyOf, onRecord, record, type Seen } from '../audit';
import { validateBody } from '../body';
import {
  LONGEST_NOTE,
  MOST_NOTES,
  SUBMISSION_STATES,
  type HandlingBody,
  type History,
  type Note,
  type SubmissionRow,
} from '../contract';
import { refuse, refuseBody, refuseUnknown } from '../errors';
import { actorOf } from '../protection';
import { byEmail } from '../plain-words';
import { say, saying } from '../sentences';
import type { Context, Strapi } from '../strapi';
import { formerNamesOf, todaysName, vaultOf, type FormerNames, type VaultRow } from '../vault';
import { assertMayRead, currentReaders } from './grants';
import { toRow } from './inbox';
import { colleaguesOf, findPerson, readerId } from './people';
import { labelsOf, recordIdIn, type Source } from './sources';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const handlingBody = yup
  .object({
    state: yup.string().oneOf([...SUBMISSION_STATES], `The state is one of: ${SUBMISSION_STATES.join(', ')}.`),
    assignedTo: yup.number().strict().integer('A person is a number.').nullable().typeError('A person is a number.'),
    dueOn: yup.string().strict().matches(DAY, saying('handling.dayWrong')).nullable().typeError(saying('handling.dayWrong')),
  })
  .noUnknown(true, 'Only state, assignedTo and dueOn can be changed.');

const noteBody = yup
  .object({
    text: yup
      .string()
      .strict()
      .required(saying('note.empty'))
      .matches(/\S/, saying('note.empty'))
      .max(LONGEST_NOTE, saying('note.long', { max: LONGEST_NOTE }))
      .typeError('A note is text.'),
  })
  .noUnknown(true, 'A note has a text and nothing else.');

/** @throws NotFoundError */
const found = async (strapi: Strapi, source: Source, recordId: string): Promise<VaultRow> => {
  const row = await vaultOf(strapi).find(source.id, recordId);
  if (!row) throw refuseUnknown(say('submission.unknownUnchanged'));
  return row;
};

/** @returns the person as the audit names people. @throws PolicyError for somebody who may not read it */
const assignee = async (strapi: Strapi, source: Source, id: number | null): Promise<string | null> => {
  if (id === null) return null;
  const person = (await currentReaders(strapi, source.id)).has(id) ? await findPerson(strapi, id) : null;
  if (!person) throw refuse('NOT_A_READER', say('handling.notAReader'));
  return byEmail(person);
};

export const changeHandling = async (strapi: Strapi, ctx: Context, source: Source): Promise<SubmissionRow> => {
  await assertMayRead(strapi, source.id, readerId(ctx));
  const body = validateBody<HandlingBody>(handlingBody, ctx.request.body);
  const { state, assignedTo, dueOn } = body;
  if (state === undefined && assignedTo === undefined && dueOn === undefined)
    throw refuseBody('Say what to change: state, assignedTo or dueOn. Nothing was changed.');
  const recordId = recordIdIn(source, ctx.params.recordId ?? '');
  const row = await found(strapi, source, recordId);
  const person = assignedTo === undefined ? null : await assignee(strapi, source, assignedTo);
  const about = { actor: actorOf(ctx), formOrType: source.id, recordId };
  await onRecord(strapi, async () => {
    await vaultOf(strapi).setHandling(source.id, recordId, body);
    if (state !== undefined) await record(strapi, { event: 'submission.stateChanged', ...about, details: { state } });
    if (assignedTo !== undefined) await record(strapi, { event: 'submission.assigned', ...about, details: { person } });
    if (dueOn !== undefined) await record(strapi, { event: 'submission.due', ...about, details: { on: dueOn } });
  });
  const changed = { ...row, ...body };
  return toRow(changed, await colleaguesOf(strapi, changed.assignedTo === null ? [] : [Number(changed.assignedTo)]));
};

/** A note may say what any answer says, so it is for those who may read them all. */
export const addNote = async (strapi: Strapi, ctx: Context, source: Source): Promise<Note[]> => {
  const granted = await assertMayRead(strapi, source.id, readerId(ctx));
  if (granted !== null) throw refuse('NOT_ALL_ANSWERS', say('note.notAll'));
  const { text } = validateBody<{ text: string }>(noteBody, ctx.request.body);
  const recordId = recordIdIn(source, ctx.params.recordId ?? '');
  const actor = actorOf(ctx);
  const note = { by: actor.name ?? '', at: new Date().toISOString(), text: text.trim() };
  const allow = (notes: number): void => {
    if (notes >= MOST_NOTES) throw refuseBody(say('note.many', { max: MOST_NOTES }));
  };
  await onRecord(strapi, async () => {
    if (!(await vaultOf(strapi).notes.add(source.id, recordId, note, allow)))
      throw refuseUnknown(say('submission.unknownUnchanged'));
    await record(strapi, { event: 'submission.noted', actor, formOrType: source.id, recordId, details: {} });
  });
  return vaultOf(strapi).notes.list(await found(strapi, source, recordId));
};

/** That an answer has a file, or was changed, is a part of that answer. */
const seenBy =
  (granted: string[] | null, formerNames: FormerNames): Seen =>
  (event, details) => {
    if (granted === null) return details;
    const maySee = (field: string): boolean => granted.includes(todaysName(field, formerNames));
    if (event === 'attachment.opened') return maySee(String(details.field)) ? details : null;
    if (event !== 'submission.changed') return details;
    const fields = (details.fields as string[]).filter(maySee);
    return fields.length > 0 ? { ...details, fields } : null;
  };

export const submissionHistory = async (strapi: Strapi, ctx: Context, source: Source): Promise<History> => {
  const granted = await assertMayRead(strapi, source.id, readerId(ctx));
  const recordId = recordIdIn(source, ctx.params.recordId ?? '');
  await found(strapi, source, recordId);
  return historyOf(
    strapi,
    { formOrType: source.id, recordId },
    labelsOf(source),
    seenBy(granted, formerNamesOf(strapi, source.id)),
  );
};

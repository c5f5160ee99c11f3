/** Request bodies of the admin: checked with yup, and yup's errors stripped of the values they carry. */
import * as yup from 'yup';
import { refuseBody, type FieldProblem } from './errors';
import { say } from './sentences';

/** Paths and messages only. @throws the error again when it is not yup's */
export const problemsOf = (error: unknown): FieldProblem[] => {
  if (!(error instanceof yup.ValidationError)) throw error;
  const all = error.inner.length > 0 ? error.inner : [error];
  return all.map(({ path, message, type, params }) => {
    const at = (path ?? '').split(/[.[\]]+/).filter(Boolean);
    // The default text of a type error repeats the value ("cast from the value …").
    const text =
      type === 'typeError' && /final value was/.test(message)
        ? `${at.join('.') || 'This'} must be of type ${String(params?.type)}.`
        : message;
    return { path: at, message: text };
  });
};

/** @throws ValidationError without values */
export const validateBody = <Body>(schema: yup.BaseSchema<unknown>, body: unknown): Body => {
  try {
    return schema.validateSync(body, { abortEarly: false, strict: true }) as Body;
  } catch (error) {
    const problems = problemsOf(error);
    throw refuseBody(say('problem.body', { problems: problems.map(({ message }) => message).join(' ') }), problems);
  }
};

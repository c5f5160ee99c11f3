/**
 * Refusals: errors that the caller may read. Each says what was refused, carries a stable code in `details.code`,
 * and never repeats a value that somebody sent. Faults, which only the operator may read, live in fault.ts.
 */
import { strapiUtils } from './strapi-utils';

export { Fault } from './fault';
export type { FaultCode } from './fault';

export type FieldProblem = { path: string[]; message: string };

const refusals = new WeakSet<Error>();
const refusal = <Kind extends Error>(error: Kind): Kind => {
  refusals.add(error);
  return error;
};
/** Whether it was made here, and so repeats nothing. */
export const isRefusal = (error: Error): boolean => refusals.has(error);

/** 403 with a text that reaches the caller: of Strapi's errors only PolicyError keeps its message (5.54). */
export const refuse = (code: string, message: string, details: Record<string, unknown> = {}): Error =>
  refusal(new (strapiUtils().errors.PolicyError)(message, { ...details, code }));

/** 400 with the names of fields and reasons, never values. */
export const refuseBody = (message: string, problems: FieldProblem[] = [], code = 'BODY_REFUSED'): Error =>
  refusal(new (strapiUtils().errors.ValidationError)(message, { code, errors: problems }));

/** 404: it does not exist, or not for this caller. */
export const refuseUnknown = (message: string): Error =>
  refusal(new (strapiUtils().errors.NotFoundError)(message, { code: 'NOT_FOUND' }));

export const refuseTooLarge = (message: string): Error =>
  refusal(new (strapiUtils().errors.PayloadTooLargeError)(message, { code: 'BODY_TOO_LARGE' }));

/** 409: it was right when it was asked for, and somebody else was first. */
export const refuseConflict = (code: string, message: string): Error =>
  refusal(strapiUtils().httpError(409, message, { details: { code } }));

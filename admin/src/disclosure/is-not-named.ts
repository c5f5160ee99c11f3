/** Whether a request was refused because this person is not named, and for no other reason. */
import type { Failure } from '../requests/read-failure';

const NOT_A_READER = 'NOT_A_READER';

export const isNotNamed = ({ status, code }: Failure): boolean => status === 403 && (code === null || code === NOT_A_READER);

/** Reading some answers, or none, is not enough for deleting, nor for looking at what was deleted. */
export const isNoReaderOfAll = ({ code }: Failure): boolean => code === 'MAY_NOT_DELETE';

/** Named, but the account has changed since, so that somebody has to confirm it first. */
export const isSuspended = ({ because }: Failure): boolean => because === 'suspended';

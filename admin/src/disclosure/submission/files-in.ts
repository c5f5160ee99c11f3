/** The attachments in a disclosed value, and nothing that only looks like some. Pure. */
import type { DisclosedFile, DisclosedValue } from '../../../../server/src/contract';

const isFile = (value: DisclosedValue): value is DisclosedFile =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  typeof value.file === 'string' &&
  typeof value.name === 'string' &&
  typeof value.type === 'string' &&
  typeof value.bytes === 'number';

export const filesIn = (value: DisclosedValue): DisclosedFile[] =>
  Array.isArray(value) && value.every(isFile) ? value.filter(isFile) : [];

/** The public address of a form: a website reads its questions there, and sends the answers to it. */
import type { Form } from '../../../server/src/contract';
import { backendUrl } from '../requests/backend-url';

export const publicAddress = ({ address }: Form): string => `${backendUrl()}${address}`;

/**
 * The port over root keys that this process holds itself: from FORM_GUARD_KEYS, in development from a file. The place is
 * associated data exactly as it is given.
 */
import { decrypt, encrypt } from '../aes-gcm';
import type { RootKeys } from '../root-keys';
import type { KeyProvider } from './port';
import { rootKeyUnknown } from './provider-faults';

const NAME = 'FORM_GUARD_KEYS';

export const createLocalProvider = ({ current, byId }: RootKeys): KeyProvider => ({
  name: NAME,
  keyIds: [current.keyId, ...[...byId.keys()].filter((keyId) => keyId !== current.keyId)],
  async wrap(bytes, place) {
    return encrypt(current.key, bytes, place);
  },
  async unwrap(keyId, wrapped, place) {
    const root = byId.get(keyId);
    if (!root) {
      throw rootKeyUnknown(
        `a data key is wrapped by a root key "${keyId}" that ${NAME} does not hold. Add that key, behind the current one.`,
      );
    }
    try {
      return decrypt(root, wrapped, place);
    } catch {
      throw rootKeyUnknown(
        `a data key does not open under root key "${keyId}": the key with that id in ${NAME} is another one, or the row was changed. Put the right key back.`,
      );
    }
  },
});

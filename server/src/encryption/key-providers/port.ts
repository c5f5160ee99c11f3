/**
 * Where root keys are: the environment, a key file, HashiCorp Vault or OpenBao (Transit), AWS KMS. A provider wraps data keys and
 * unwraps them again; it never gives a root key out. What it is asked is 32 bytes of key, and the place that they belong to.
 */
export interface KeyProvider {
  /** For sentences to the operator: `FORM_GUARD_KEYS`, `AWS KMS`. */
  readonly name: string;
  /** Ids of its root keys, as they stand in envelopes (1 to 32 letters, digits, "-", "_"); the first one is current. */
  readonly keyIds: readonly [string, ...string[]];
  /**
   * Wraps under the current root key. `place` is bound to the result (associated data, encryption context).
   * @throws Fault KEY_PROVIDER_UNAVAILABLE when it may work later, KEY_PROVIDER_REFUSED when somebody has to act
   */
  wrap(bytes: Uint8Array, place: Uint8Array): Promise<Buffer>;
  /**
   * @throws Fault ROOT_KEY_UNKNOWN when the key, the place or a bit does not fit; KEY_PROVIDER_UNAVAILABLE,
   * KEY_PROVIDER_REFUSED as above
   */
  unwrap(keyId: string, wrapped: Uint8Array, place: Uint8Array): Promise<Buffer>;
}

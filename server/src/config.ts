/**
 * The plugin's options: defaults and a synchronous validator (Strapi 5.54 calls it without awaiting it). A misspelt
 * option stops the boot with its name; whether types and attributes exist is checked in protection/protected-types.ts.
 */
import * as yup from 'yup';

export interface ProtectOptions {
  /** Attributes that stay readable in Strapi's own table. Everything else is sealed. */
  plain: string[];
  /** Sealed attributes that a reader can search by exact value. */
  search: string[];
  /** How the type is called in the admin. */
  label?: string | undefined;
}

export interface FormGuardConfig {
  /** Content-type UID → how it is protected. */
  protect: Record<string, Partial<ProtectOptions>>;
}

const TYPE_UID = /^(api|plugin)::[\w-]+\.[\w-]+$/;
const unknownIn = (where: string) => `Form Guard: ${where} has an option that does not exist: \${unknown}.`;

const protectOptions = (uid: string) =>
  yup
    .object({
      plain: yup.array().of(yup.string().required()).strict(),
      search: yup.array().of(yup.string().required()).strict(),
      label: yup.string().strict().min(1),
    })
    .noUnknown(true, unknownIn(`protect["${uid}"]`))
    .strict();

const schema = yup
  .object({
    protect: yup.lazy((protect: unknown) =>
      yup
        .object(
          Object.fromEntries(
            Object.keys((protect ?? {}) as object).map((uid) => [
              uid,
              protectOptions(uid).test(
                'uid',
                `Form Guard: protect["${uid}"]: a content-type UID looks like "api::contact.contact".`,
                () => TYPE_UID.test(uid),
              ),
            ]),
          ),
        )
        .strict()
        .typeError('Form Guard: "protect" must be an object of content-type UIDs.'),
    ),
  })
  .noUnknown(true, unknownIn('the config of the plugin'))
  .strict();

export default {
  default: { protect: {} } satisfies FormGuardConfig,
  validator(config: unknown): void {
    schema.validateSync(config, { strict: true });
  },
};

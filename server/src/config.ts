/**
 * The plugin's options: defaults and a synchronous validator (Strapi 5.54 calls it without awaiting it). A misspelt
 * option stops the boot with its name; whether types and attributes exist is checked in protection/protected-types.ts.
 */
import path from 'node:path';
import * as yup from 'yup';
import { keyProviderSchema, type KeyProviderOptions } from './encryption';
import { SHORTEST_REASON } from './contract';
import { isSearchPart, SEARCH_KINDS, type SearchKind, type SearchPart } from './search-fields';

export interface SearchOptions {
  field: string;
  /** What counts as equal; by the type of the attribute if it is not said. */
  as?: SearchKind;
  /** Parts of the value that can be searched for alone, beside the whole. */
  parts?: SearchPart[];
}

export interface ProtectOptions {
  /** Attributes that stay readable in Strapi's own table. Everything else is sealed. */
  plain: string[];
  /** Those of them that look as if they said something about a person, and are plain all the same. */
  plainOnPurpose: string[];
  /** Sealed attributes that a reader can search by exact value. */
  search: (string | SearchOptions)[];
  /** Sealed attributes that had another name when submissions were sealed: the name before → the name after. */
  renamed: Record<string, string>;
  /** Whether its readers get a mail, without a value, when something has come. */
  tellReaders: boolean;
  /** How the type is called in the admin. */
  label?: string | undefined;
}

export interface AttachmentOptions {
  /** Where sealed files lie; from the root of the app if it is not absolute. Never inside its public folder. */
  folder: string;
  /** Of one file, before sealing. */
  maxBytes: number;
  /** Of one submission, all its fields together. */
  maxFiles: number;
}

export interface FormGuardConfig {
  /** Who wraps data keys in the place of FORM_GUARD_KEYS; keys that are set there as well still open what they wrapped. */
  keyProvider?: KeyProviderOptions;
  /** How long an unwrapped data key is kept in memory before its provider is asked again. */
  keyLifetimeSeconds: number;
  /** Content-type UID → how it is protected. */
  protect: Record<string, Partial<ProtectOptions>>;
  /** Content-type UID → why everybody may read what strangers send to it: a decision that needs no dialog. */
  meantToBePublic: Record<string, string>;
  attachments: AttachmentOptions;
  /** How many days what a person deleted stays in the bin, from which it can be taken back. */
  binDays: number;
  /** Whether readers may be named without an end; otherwise the admin offers dates alone. */
  endlessReaders: boolean;
  /** Whoever names themself needs somebody else who may name readers to confirm it, as long as there is somebody else. */
  secondPersonForOneself: boolean;
  /** Webhooks may have `entry.*` events. Strapi has no choice per type, so they tell of every submission too. */
  unsafeEntryWebhooks: boolean;
  /** Uploaded files that may run as pages of the site: addresses as `/uploads/game_1a2b.html`, or folders that end in `/`. */
  unsafeActiveUploads: string[];
  /** Other origins that are a part of the admin, beside those of `admin.url` and `server.url`: `https://cms.example.org`. */
  adminOrigins: string[];
}

export const MAX_FILES = 100;
const whole = (option: string, most: number) =>
  yup
    .number()
    .strict()
    .integer(`Form Guard: attachments.${option} must be a whole number.`)
    .min(1, `Form Guard: attachments.${option} must be at least 1.`)
    .max(most, `Form Guard: attachments.${option} must be at most ${most}.`)
    .typeError(`Form Guard: attachments.${option} must be a number.`);

const listOf = (option: string, what: string, fits: (entry: string) => boolean) =>
  yup
    .array()
    .of(
      yup
        .string()
        .strict()
        .required(`Form Guard: an entry of "${option}" is empty.`)
        .typeError(`Form Guard: every entry of "${option}" is ${what}.`)
        .test('fits', `Form Guard: every entry of "${option}" is ${what}.`, (entry) => fits(entry ?? '')),
    )
    .strict()
    .typeError(`Form Guard: "${option}" must be a list.`);

/** What a reason is made of: blanks and signs say nothing. */
export const lettersIn = (text: string): number => (text.match(/[\p{L}\p{N}]/gu) ?? []).length;

const TYPE_UID = /^(api|plugin)::[\w-]+\.[\w-]+$/;
const unknownIn = (where: string) => `Form Guard: ${where} has an option that does not exist: \${unknown}.`;

const searchOption = (uid: string) =>
  yup.lazy((option: unknown) =>
    option !== null && typeof option === 'object'
      ? yup
          .object({
            field: yup.string().strict().required(`Form Guard: protect["${uid}"].search: every entry names its field.`),
            as: yup
              .string()
              .strict()
              .oneOf([...SEARCH_KINDS], `Form Guard: protect["${uid}"].search: "as" is one of ${SEARCH_KINDS.join(', ')}.`),
            parts: yup
              .array()
              .of(
                yup
                  .string()
                  .strict()
                  .test(
                    'part',
                    `Form Guard: protect["${uid}"].search: a part is "postcode-district" or "last:3" to "last:8".`,
                    (part) => part !== 'whole' && isSearchPart(part),
                  ),
              )
              .strict(),
          })
          .noUnknown(true, unknownIn(`protect["${uid}"].search`))
          .strict()
      : yup.string().strict().required(),
  );

const namesIn = (uid: string, option: string) =>
  yup
    .array()
    .of(yup.string().required())
    .strict()
    .typeError(`Form Guard: protect["${uid}"].${option} must be a list of names of attributes.`);

const isRenaming = ([before, after]: [string, unknown]): boolean =>
  /^[A-Za-z]\w*$/.test(before) && typeof after === 'string' && after !== '';
const renamedSays = (uid: string): string =>
  `Form Guard: protect["${uid}"].renamed names attributes, before and after: { oldName: 'newName' }.`;

const protectOptions = (uid: string) =>
  yup
    .object({
      plain: namesIn(uid, 'plain'),
      plainOnPurpose: namesIn(uid, 'plainOnPurpose'),
      search: yup
        .array()
        .of(searchOption(uid) as unknown as yup.AnySchema)
        .strict(),
      renamed: yup
        .object()
        .strict()
        .typeError(renamedSays(uid))
        .test('names', renamedSays(uid), (names) => Object.entries(names ?? {}).every(isRenaming)),
      tellReaders: yup.boolean().strict(),
      label: yup.string().strict().min(1),
    })
    .noUnknown(true, unknownIn(`protect["${uid}"]`))
    .strict()
    .typeError(`Form Guard: protect["${uid}"] must be an object; {} is enough.`);

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
    meantToBePublic: yup.lazy((types: unknown) =>
      yup
        .object(
          Object.fromEntries(
            Object.keys((types ?? {}) as object).map((uid) => [
              uid,
              yup
                .string()
                .strict()
                .typeError(`Form Guard: meantToBePublic["${uid}"] says in words why.`)
                .test(
                  'reason',
                  `Form Guard: meantToBePublic["${uid}"] says why, in at least ${SHORTEST_REASON} letters.`,
                  (reason) => lettersIn(reason ?? '') >= SHORTEST_REASON,
                )
                .test('uid', `Form Guard: meantToBePublic["${uid}"]: a content-type UID looks like "api::comment.comment".`, () =>
                  TYPE_UID.test(uid),
                ),
            ]),
          ),
        )
        .strict()
        .typeError('Form Guard: "meantToBePublic" must be an object of content-type UIDs, each with a reason.'),
    ),
    attachments: yup
      .object({
        folder: yup.string().strict().min(1, 'Form Guard: attachments.folder must name a folder.'),
        maxBytes: whole('maxBytes', Number.MAX_SAFE_INTEGER),
        maxFiles: whole('maxFiles', MAX_FILES),
      })
      .noUnknown(true, unknownIn('attachments'))
      .strict()
      .typeError('Form Guard: "attachments" must be an object with folder, maxBytes, maxFiles.'),
    keyProvider: keyProviderSchema,
    keyLifetimeSeconds: yup
      .number()
      .strict()
      .typeError('Form Guard: keyLifetimeSeconds must be a number.')
      .integer('Form Guard: keyLifetimeSeconds must be a whole number.')
      .min(1, 'Form Guard: keyLifetimeSeconds must be at least 1.')
      .max(86_400, 'Form Guard: keyLifetimeSeconds must be at most 86400, which is a day.'),
    binDays: yup
      .number()
      .strict()
      .typeError('Form Guard: binDays must be a number.')
      .integer('Form Guard: binDays must be a whole number.')
      .min(1, 'Form Guard: binDays must be at least 1.')
      .max(3650, 'Form Guard: binDays must be at most 3650, which is ten years.'),
    secondPersonForOneself: yup.boolean().strict().typeError('Form Guard: "secondPersonForOneself" must be true or false.'),
    endlessReaders: yup.boolean().strict().typeError('Form Guard: "endlessReaders" must be true or false.'),
    unsafeActiveUploads: listOf(
      'unsafeActiveUploads',
      'an address that begins with /uploads/, without "..", "%" or "?"',
      (address) => /^\/uploads\/[^%?#\\]+$/.test(address) && path.posix.normalize(address) === address,
    ),
    adminOrigins: listOf(
      'adminOrigins',
      'an origin as "https://cms.example.org", without a path',
      (origin) => /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin,
    ),
    unsafeEntryWebhooks: yup.boolean().strict().typeError('Form Guard: "unsafeEntryWebhooks" must be true or false.'),
  })
  .noUnknown(true, unknownIn('the config of the plugin'))
  .strict();

export default {
  default: {
    protect: {},
    meantToBePublic: {},
    attachments: { folder: '.form-guard/files', maxBytes: 20 * 1024 * 1024, maxFiles: 10 },
    keyLifetimeSeconds: 600,
    binDays: 30,
    endlessReaders: false,
    secondPersonForOneself: true,
    unsafeEntryWebhooks: false,
    unsafeActiveUploads: [],
    adminOrigins: [],
  } satisfies FormGuardConfig,
  validator(config: unknown): void {
    schema.validateSync(config, { strict: true });
  },
};

/** What the media attributes of a wrapped type take, by the rules that the site wrote. Pure. */
import type { ProtectedType } from '../protection';
import { attributesOf } from '../strapi';
import type { Kind } from './file-kinds';
import type { FileRules } from './receive-files';

/** Strapi's words, and ours. */
const KINDS: Record<string, Kind> = { images: 'image', videos: 'video', audios: 'audio', files: 'files' };
const EVERYTHING = Object.keys(KINDS);

const kindsOf = (allowed: unknown): Kind[] => {
  const named = Array.isArray(allowed) ? EVERYTHING.filter((name) => (allowed as unknown[]).includes(name)) : [];
  // None, or all of them: the Content-Type Builder lists all four where nothing was chosen.
  if (named.length === 0 || named.length === EVERYTHING.length) return ['any'];
  return named.map((name) => KINDS[name] as Kind);
};

export const wrappedFileRules = ({ original, fileFields }: ProtectedType): FileRules => {
  const attributes = attributesOf(original);
  return new Map(
    fileFields.map((name) => [
      name,
      {
        label: name,
        accept: kindsOf(attributes[name]?.allowedTypes),
        maxBytes: Infinity,
        maxFiles: attributes[name]?.multiple === true ? Infinity : 1,
      },
    ]),
  );
};

/**
 * Which types of files each kind means, with the endings that their names may have. Pure. HTML, SVG, XML, scripts, programs,
 * archives and documents with macros are in none of the lists, so they pass only where a field takes `any`.
 */
import type { FileKind } from '../contract';
import { OLE } from './ole-type';

/** `files` is Strapi's word for a media attribute that takes everything but images, audio and video. */
export type Kind = FileKind | 'files';

export const PLAIN_TEXT = 'text/plain';
export const UNKNOWN = 'application/octet-stream';
const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OPEN = 'application/vnd.oasis.opendocument';

type Types = Record<string, readonly string[]>;

const PDF: Types = { 'application/pdf': ['pdf'] };
const IMAGES: Types = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/apng': ['png', 'apng'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
  'image/heic': ['heic', 'heif'],
  'image/heic-sequence': ['heic', 'heif'],
  'image/heif': ['heif', 'heic'],
  'image/heif-sequence': ['heif', 'heic'],
  'image/tiff': ['tif', 'tiff'],
  'image/bmp': ['bmp'],
};
const DOCUMENTS: Types = {
  ...PDF,
  [`${OFFICE}.wordprocessingml.document`]: ['docx'],
  [`${OFFICE}.wordprocessingml.template`]: ['dotx'],
  [`${OFFICE}.spreadsheetml.sheet`]: ['xlsx'],
  [`${OFFICE}.spreadsheetml.template`]: ['xltx'],
  [`${OFFICE}.presentationml.presentation`]: ['pptx'],
  [`${OFFICE}.presentationml.slideshow`]: ['ppsx'],
  [`${OFFICE}.presentationml.template`]: ['potx'],
  [`${OPEN}.text`]: ['odt'],
  [`${OPEN}.text-template`]: ['ott'],
  [`${OPEN}.spreadsheet`]: ['ods'],
  [`${OPEN}.spreadsheet-template`]: ['ots'],
  [`${OPEN}.presentation`]: ['odp'],
  [`${OPEN}.presentation-template`]: ['otp'],
  [`${OPEN}.graphics`]: ['odg'],
  'application/rtf': ['rtf'],
  [OLE]: ['doc', 'dot', 'xls', 'xlt', 'ppt', 'pps', 'pot'],
};
const TEXTS: Types = {
  [PLAIN_TEXT]: ['txt', 'text', 'csv', 'tsv', 'md', 'log', 'json', 'asc'],
  'text/calendar': ['ics'],
  'text/vcard': ['vcf'],
  'text/vtt': ['vtt'],
};
const AUDIO: Types = {
  'audio/mpeg': ['mp3', 'mpga'],
  'audio/mp4': ['m4a', 'mp4'],
  'audio/x-m4a': ['m4a'],
  'audio/aac': ['aac'],
  'audio/ogg': ['ogg', 'oga'],
  'audio/ogg; codecs=opus': ['opus', 'ogg'],
  'audio/flac': ['flac'],
  'audio/wav': ['wav'],
  'audio/aiff': ['aif', 'aiff'],
  'audio/amr': ['amr'],
};
const VIDEO: Types = {
  'video/mp4': ['mp4', 'm4v'],
  'video/x-m4v': ['m4v', 'mp4'],
  'video/quicktime': ['mov', 'qt'],
  'video/webm': ['webm'],
  'video/matroska': ['mkv'],
  'video/ogg': ['ogv', 'ogg'],
  'video/mpeg': ['mpg', 'mpeg'],
  'video/3gpp': ['3gp'],
  'video/3gpp2': ['3g2'],
  'video/vnd.avi': ['avi'],
  'video/x-ms-asf': ['wmv', 'asf'],
};

const LISTS: Record<Exclude<FileKind, 'any'>, Types> = {
  image: IMAGES,
  pdf: PDF,
  document: DOCUMENTS,
  text: TEXTS,
  audio: AUDIO,
  video: VIDEO,
};
const ALL: Types = Object.assign({}, ...Object.values(LISTS)) as Types;

/** The usual one first; none for types of which we know no harmless one. */
export const endingsOf = (type: string): readonly string[] => ALL[type] ?? [];

const isMedia = (type: string): boolean => /^(image|audio|video)\//.test(type);

export const takesAll = (accept: readonly Kind[]): boolean => accept.includes('any') || accept.includes('files');

export const isTaken = (accept: readonly Kind[], type: string): boolean =>
  accept.some((kind) => {
    if (kind === 'any') return true;
    return kind === 'files' ? !isMedia(type) : Object.hasOwn(LISTS[kind], type);
  });

const WORDS: Record<Kind, string> = {
  image: 'an image (JPEG, PNG, GIF, WebP, HEIC, AVIF, TIFF, BMP)',
  pdf: 'a PDF',
  document: 'a document (PDF, Word, Excel, PowerPoint, OpenDocument or RTF, without macros)',
  text: 'plain text (such as TXT or CSV)',
  audio: 'a sound recording (MP3, M4A, OGG, WAV, FLAC …)',
  video: 'a video (MP4, MOV, WebM …)',
  files: 'a file that is no image, sound or video',
  any: 'any file',
};

/** `must be an image (…) or a PDF`. */
export const whatIsTaken = (accept: readonly Kind[]): string => `must be ${accept.map((kind) => WORDS[kind]).join(' or ')}`;

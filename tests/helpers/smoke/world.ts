/** What the visits share: one finds what another made. */
import { visitor, type Visitor } from './visitor';

export const PASSWORD = 'Correct-Horse-1';

export interface World extends Visitor {
  /** Tokens: super admin, editor, somebody with rights on articles only. */
  boss: string;
  editor: string;
  writer: string;
  editorRole: number;
  /** Document ids, made in the content manager. */
  author: string;
  book: string;
  otherBook: string;
  draftBook: string;
  article: string;
  topic: string;
  /** Ids of files. */
  image: string;
  text: string;
  /** A token of the site, and one of a visitor who signed up. */
  apiToken: string;
  member: string;
  pushToken: string;
}

export const worldAt = (url: string): World => ({
  ...visitor(url),
  boss: '',
  editor: '',
  writer: '',
  editorRole: 0,
  author: '',
  book: '',
  otherBook: '',
  draftBook: '',
  article: '',
  topic: '',
  image: '',
  text: '',
  apiToken: '',
  member: '',
  pushToken: '',
});

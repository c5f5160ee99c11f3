/** Does not compile while a language lacks a text that English has, or has one that English lacks. */
import type en from './en.json';
import type fr from './fr.json';

type Same<Other> = Exclude<keyof typeof en, keyof Other> | Exclude<keyof Other, keyof typeof en>;

type MustBeNever<T extends never> = T;
export type FrenchIsComplete = MustBeNever<Same<typeof fr>>;

/** Carries what the server found wrong to the input it is about, by its place in the form (`fields.0.label`). */
import { createContext, useContext } from 'react';

const Problems = createContext<Record<string, string>>({});

export const ProblemsProvider = Problems.Provider;

export function useProblem(place: string): string | undefined {
  return useContext(Problems)[place];
}

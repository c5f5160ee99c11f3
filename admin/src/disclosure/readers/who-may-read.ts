/** Who may read, as a list of people: one person once, however many grants they have; and only grants that count now. */
import type { Grant, Person } from '../../../../server/src/contract';

export function peopleWhoMayRead(grants: readonly Grant[]): Person[] {
  const byId = new Map<number, Person>();
  for (const { person, status } of grants) {
    if (status === 'current' && person !== null) byId.set(person.id, person);
  }
  return [...byId.values()];
}

export function peopleAfterwards(now: readonly Person[], picked: readonly Person[]): Person[] {
  return [...now, ...picked.filter(({ id }) => now.every((reader) => reader.id !== id))];
}

/** Named, and reads nothing until somebody else confirms it. */
export const isWaiting = ({ status, person }: Grant): boolean =>
  person !== null && (status === 'suspended' || status === 'pending');

/** Adds to the list under a name, in place: a new list for each of very many would take as long as all of them together. */
export const addTo = <Name, Item>(lists: Map<Name, Item[]>, name: Name, item: Item): void => {
  const list = lists.get(name);
  if (list) list.push(item);
  else lists.set(name, [item]);
};

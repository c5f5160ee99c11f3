/** The export of the plain site, with open permissions and every submission in it, for whoever imports it. */
let tell: (file: string) => void = () => undefined;
let fail: (error: Error) => void = () => undefined;
const told = new Promise<string>((resolve, reject) => {
  tell = resolve;
  fail = reject;
});
// Nobody may be waiting when there is none.
told.catch(() => undefined);

export const plainExport = (): Promise<string> => told;
export const keepExport = (file: string): void => tell(file);
/** Does nothing when there is one. */
export const noExport = (): void => fail(new Error('The plain site was not exported'));

/** Reads the words after `npm run demo --` and refuses what it does not know with a sentence, before anything is done. */
const USAGE =
  'The demo takes --reset (begin anew) and --port N (another port than 1337), as in: npm run demo -- --reset --port 8080';

const refuse = (sentence) => {
  throw new Error(`${sentence} Nothing was done. ${USAGE}`);
};

const readPort = (text) => {
  const port = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : refuse('--port needs a number from 1 to 65535.');
};

/** @param words without `node` and the script. @returns {{ reset: boolean, port: number }} */
export const readOptions = (words) => {
  const options = { reset: false, port: 1337 };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === '--reset') options.reset = true;
    else if (word === '--port') options.port = readPort(words[(at += 1)]);
    else if (word.startsWith('--port=')) options.port = readPort(word.slice('--port='.length));
    else refuse(`There is no option “${word}”.`);
  }
  return options;
};

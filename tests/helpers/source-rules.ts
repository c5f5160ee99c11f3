/** What a source file does, read by the TypeScript compiler: what it imports, how it handles errors, whether it opens submissions. */
import path from 'node:path';
import ts from 'typescript';

const each = (node: ts.Node, visit: (node: ts.Node) => void): void => {
  visit(node);
  ts.forEachChild(node, (child) => each(child, visit));
};
const parse = (name: string, text: string): ts.SourceFile => ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);

/** Every module that is named: imported, exported on, loaded while running, asked for its types. */
export const importsIn = (name: string, text: string): string[] => {
  const found: string[] = [];
  const note = (node: ts.Node | undefined): void => {
    if (node && ts.isStringLiteralLike(node)) found.push(node.text);
    // A module whose name is worked out could be any.
    else if (node) found.push(`(${node.getText()})`);
  };
  each(parse(name, text), (node) => {
    if (ts.isImportDeclaration(node)) note(node.moduleSpecifier);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) note(node.moduleSpecifier);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) note(node.argument.literal);
    else if (ts.isExternalModuleReference(node)) note(node.expression);
    else if (ts.isCallExpression(node)) {
      const { expression } = node;
      if (expression.kind === ts.SyntaxKind.ImportKeyword || expression.getText() === 'require') note(node.arguments[0]);
    }
  });
  return found;
};

const throwsItself = (handler: ts.Node): boolean => {
  let isThrown = false;
  const visit = (node: ts.Node): void => {
    if (ts.isThrowStatement(node)) isThrown = true;
    // What a function inside does happens at another time.
    if (node === handler || !ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(handler);
  return isThrown;
};

/** The function or constant in which something stands. */
const nameAround = (node: ts.Node): string => {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if ((ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at) || ts.isPropertyAssignment(at)) && at.name)
      return at.name.getText();
    if (ts.isVariableDeclaration(at) && at.initializer && ts.isFunctionLike(at.initializer)) return at.name.getText();
  }
  return '';
};

/** Where an error is caught and the function goes on in every case: by the name of what it stands in. */
export const swallowsIn = (name: string, text: string): string[] => {
  const found: string[] = [];
  const judge = (at: ts.Node, handler: ts.Node | undefined): void => {
    if (!handler || !throwsItself(handler)) found.push(nameAround(at));
  };
  each(parse(name, text), (node) => {
    if (ts.isCatchClause(node)) judge(node, node.block);
    if (!ts.isCallExpression(node)) return;
    const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : '';
    if (called === 'catch') judge(node, node.arguments[0]);
    if (called === 'then' && node.arguments.length > 1) judge(node, node.arguments[1]);
    if (called === 'allSettled') judge(node, undefined);
  });
  return found;
};

export interface Program {
  /** Files that open submissions, relative to the folder of the sources. */
  openers(): string[];
}

/** @param extra further files, path → text, as if they were there */
export const readProgram = (src: string, extra: Record<string, string> = {}): Program => {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(src, '../tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (problem) => {
        throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
      },
    },
  );
  if (!config) throw new Error('There is no tsconfig.json');
  const files = new Map(Object.entries(extra).map(([name, text]) => [path.join(src, name), text]));
  const host = ts.createCompilerHost(config.options, true);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, ...rest) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  };
  const program = ts.createProgram([...config.fileNames, ...files.keys()], config.options, host);
  const checker = program.getTypeChecker();

  /** `open` of the vault, and of its files. */
  const opens = (symbol: ts.Symbol | undefined): boolean =>
    (symbol?.declarations ?? []).some((declared) =>
      ['vault/vault.ts', 'vault/files.ts'].includes(path.relative(src, declared.getSourceFile().fileName)),
    ) && symbol?.name === 'open';
  const isOpening = (node: ts.Node): boolean => {
    if (ts.isPropertyAccessExpression(node)) return opens(checker.getSymbolAtLocation(node.name));
    if (ts.isElementAccessExpression(node)) return opens(checker.getSymbolAtLocation(node.argumentExpression));
    if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return false;
    const name = (node.propertyName ?? node.name).getText();
    return opens(checker.getTypeAtLocation(node.parent).getProperty(name));
  };
  return {
    openers() {
      const found = new Set<string>();
      for (const file of program.getSourceFiles()) {
        const name = path.relative(src, file.fileName);
        if (name.startsWith('..') || name.startsWith(`vault${path.sep}`)) continue;
        each(file, (node) => void (isOpening(node) && found.add(name)));
      }
      return [...found].sort();
    },
  };
};

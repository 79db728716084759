/** What stands between ``` fences in a page, and what a shell line of it asks for. */

export interface Snippet {
  /** Line of the page on which the snippet begins, from 1. */
  readonly line: number;
  readonly kind: string;
  readonly text: string;
}

export function snippets(page: string): readonly Snippet[] {
  const found: Snippet[] = [];
  let open: { line: number; kind: string; rows: string[] } | undefined;
  page.split('\n').forEach((row, index) => {
    const fence = /^\s*```(\S*)/.exec(row);
    if (open !== undefined) {
      if (fence === null) open.rows.push(row);
      else {
        found.push({ line: open.line, kind: open.kind, text: open.rows.join('\n') });
        open = undefined;
      }
    } else if (fence !== null) open = { line: index + 2, kind: fence[1] ?? '', rows: [] };
  });
  if (open !== undefined) throw new Error(`The snippet at line ${open.line} is never closed.`);
  return found;
}

export interface Command {
  readonly line: number;
  /** NAME=value before the command, or after `export`. */
  readonly variables: readonly string[];
  readonly words: readonly string[];
  readonly text: string;
}

/** The commands of a shell snippet: comments and prompts off, `\` continued, `&&`, `;` and `|` taken apart. */
export function commands({ line, text }: Snippet): readonly Command[] {
  const joined = text.replaceAll(/\\\n\s*/g, ' ');
  return joined.split('\n').flatMap((row, index) => {
    const bare = row
      .replace(/^\s*\$\s+/, '')
      .replace(/(^|\s)#.*$/, '')
      .trim();
    if (bare === '') return [];
    return bare
      .split(/\s*(?:&&|\|\||;|\|)\s*/)
      .filter((part) => part !== '')
      .map((part) => {
        const words = part.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
        const start = words[0] === 'export' ? 1 : 0;
        const end = words.findIndex((word, at) => at >= start && !/^[A-Z_][A-Z0-9_]*=/.test(word));
        const variables = words
          .slice(start, end === -1 ? undefined : end)
          .map((word) => word.slice(0, word.indexOf('=')));
        return { line: line + index, variables, words: end === -1 ? [] : words.slice(end), text: part };
      });
  });
}

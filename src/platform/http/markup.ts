/** HTML that may be sent: made by `html` only, which escapes whatever it is given that is not markup itself. */
class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
export type { Markup };

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

type Piece = string | number | Markup | readonly Markup[];

/** A template whose holes cannot break out of where they stand: text and quoted attributes. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(parts.map((part, at) => part + (at < pieces.length ? written(pieces[at] ?? '') : '')).join(''));
}

function written(piece: Piece): string {
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'object') return piece.map((one) => one.text).join('');
  return String(piece).replace(/[&<>"']/gu, (sign) => signs[sign] ?? '');
}

/** A style sheet of our own, as it is: in `<style>` nothing is unescaped again. */
export function sheet(css: string): Markup {
  if (css.includes('</')) throw new Error('a style sheet that ends itself');
  return new Markup(css);
}

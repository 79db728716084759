declare module 'word-extractor' {
  interface WordDocument {
    getBody(): string;
    getFootnotes(): string;
    getEndnotes(): string;
    getTextboxes(options: { readonly includeHeadersAndFooters: boolean }): string;
  }
  class WordExtractor {
    extract(path: string): Promise<WordDocument>;
  }
  export = WordExtractor;
}

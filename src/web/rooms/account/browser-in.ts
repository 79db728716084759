/** The order matters: every browser here also calls itself Chrome or Safari. */
const browsers = [
  [/coc_coc_browser/i, 'Cốc Cốc'],
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;
const systems = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

/** What a person calls the program they signed in with: enough to know their own PC again. */
export function browserIn(userAgent: string): {
  readonly browser: string | undefined;
  readonly system: string | undefined;
} {
  return {
    browser: browsers.find(([sign]) => sign.test(userAgent))?.[1],
    system: systems.find(([sign]) => sign.test(userAgent))?.[1],
  };
}

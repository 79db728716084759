import { Button, createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const lacquer: MantineColorsTuple = [
  '#f8e9e6',
  '#efd0cb',
  '#dda79f',
  '#cb7a72',
  '#ba5450',
  '#ad3b3b',
  '#a8282d',
  '#9b2226',
  '#741a1d',
  '#551215',
];

const buttonHeights: Readonly<Record<string, string>> = { xs: '28px', sm: '34px', md: '42px' };

/** The tokens of tokens.css, handed to the component library once; no room says a colour of its own. */
export const theme = createTheme({
  fontFamily: 'var(--ui)',
  fontSizes: { xs: '11.5px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '24px', xl: '26px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '5px', md: '6px', lg: '8px', xl: '13px' },
  defaultRadius: 'md',
  primaryColor: 'lacquer',
  primaryShade: { light: 7, dark: 6 },
  colors: { lacquer },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      styles: { root: { fontWeight: 500 } },
      vars: (_theme, { size }) => ({ root: { '--button-height': buttonHeights[String(size)] ?? '34px' } }),
    }),
    // Lists open inside the room, where a screen reader looks for what belongs to it.
    Combobox: { defaultProps: { portalProps: { target: '#room' } } },
    // The library's place for the first focus is no item of a menu, and axe says so.
    Menu: { defaultProps: { portalProps: { target: '#room' }, withInitialFocusPlaceholder: false } },
    Modal: {
      // Without a left edge the window would begin where the room does, and stand beside the middle of the page.
      styles: { title: { font: '600 16px/22px var(--ui)' }, inner: { insetInlineStart: 0 } },
      defaultProps: {
        centered: true,
        padding: 'xl',
        overlayProps: { backgroundOpacity: 0.45 },
        portalProps: { target: '#room' },
      },
    },
  },
});

const shared = {
  '--mantine-color-body': 'var(--sheet)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--sheet)',
  '--mantine-color-default-hover': 'var(--wash)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-error': 'var(--lacquer)',
  '--mantine-color-anchor': 'var(--lacquer)',
  '--mantine-color-disabled': 'var(--wash)',
  '--mantine-color-disabled-color': 'var(--ink-2)',
  '--mantine-color-disabled-border': 'var(--line-2)',
  '--mantine-color-gray-light-color': 'var(--ink-2)',
  '--mantine-color-gray-light-hover': 'var(--wash)',
  '--mantine-color-gray-0': 'var(--wash)',
  '--mantine-color-gray-1': 'var(--wash)',
  '--mantine-color-gray-2': 'var(--line)',
  '--mantine-color-gray-3': 'var(--line)',
  '--mantine-color-gray-4': 'var(--line-2)',
  '--mantine-color-gray-5': 'var(--line-3)',
  '--mantine-color-gray-6': 'var(--ink-3)',
  '--mantine-color-gray-7': 'var(--ink-2)',
  '--mantine-color-gray-8': 'var(--ink)',
  '--mantine-color-dark-4': 'var(--line-2)',
  '--mantine-color-dark-5': 'var(--rail-on)',
  '--mantine-color-dark-6': 'var(--sheet)',
  '--mantine-color-dark-7': 'var(--paper)',
  '--mantine-color-dark-8': 'var(--wash)',
};

export const tokensForMantine: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });

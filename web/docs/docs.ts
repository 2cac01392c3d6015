import { init } from 'redoc/bundles/redoc.standalone.js'

// The search wants a worker made of a blob, and fonts would come from elsewhere: the page does without both,
// so that its policy can stay strict.
init(
  '/api/v1/openapi.json',
  {
    disableSearch: true,
    nativeScrollbars: true,
    theme: {
      typography: {
        fontFamily: 'system-ui, sans-serif',
        headings: { fontFamily: 'system-ui, sans-serif' },
        code: { fontFamily: 'ui-monospace, monospace' },
      },
    },
  },
  document.getElementById('contract'),
)

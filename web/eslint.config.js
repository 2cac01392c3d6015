import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

/** Who may use whom: pages → components → composables → router, i18n, posters → api, storage. */
const LAYERS = ['pages', 'components', 'composables', 'router', 'i18n', 'posters', 'api', 'storage', 'idle']
const BELOW = {
  composables: LAYERS.slice(2),
  router: ['router', 'i18n', 'api', 'storage'],
  i18n: ['i18n', 'storage'],
  posters: ['posters', 'i18n'],
  api: ['api'],
}

const layer = (name, allowed) => ({
  files: [`src/${name}/**`],
  ignores: ['src/router/index.ts', '**/*.test.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: LAYERS.filter((other) => !allowed.includes(other)).map((other) => ({
          group: [`@/${other}`, `@/${other}/*`],
          message: `src/${name} may not use src/${other}.`,
        })),
      },
    ],
  },
})

/** What is seen asks for data by composables only. */
const noClient = (name) => ({
  files: [`src/${name}/**`],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': 'off',
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: [
          { name: '@/api/client', allowTypeImports: true, message: 'Ask for data by a composable.' },
          { name: '@/api/cache', message: 'The cache is the composables’ own.' },
        ],
        patterns: name === 'components' ? [{ group: ['@/pages/*'], message: 'Pages stand above.' }] : [],
      },
    ],
  },
})

export default ts.config(
  { ignores: ['dist/', 'test-results/', 'src/api/schema.d.ts'] },
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/one-component-per-file': 'off',
      'vue/require-default-prop': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  ...Object.entries(BELOW).map(([name, allowed]) => layer(name, allowed)),
  noClient('components'),
  noClient('pages'),
  prettier,
)

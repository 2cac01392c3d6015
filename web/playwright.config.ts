import { defineConfig } from '@playwright/test'

/** Runs against a Filmoteka that is already up and has its starter films: FILMOTEKA_URL. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  reporter: [['list', { printSteps: false }]],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  workers: 2,
  use: {
    baseURL: process.env.FILMOTEKA_URL ?? 'http://127.0.0.1:8080',
    locale: 'ru-RU',
    colorScheme: 'dark',
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
    // It would answer instead of the network that tests watch; offline.spec.ts has it.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})

import { defineConfig } from '@playwright/test'
import { args, executablePath } from './scripts/browser.mjs'

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
    launchOptions: { executablePath, args },
  },
})

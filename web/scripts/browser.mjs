/** The browser that tests, pictures and audits are made with. CHROMIUM if it isn't Debian's. */
export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** It speaks to nobody but us, and runs as root too, as in a container. */
export const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const PREFIX = 'filmoteka.'

/** A choice the visitor made earlier; storage may be forbidden, then there is none. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // The choice then lives as long as the page.
  }
}

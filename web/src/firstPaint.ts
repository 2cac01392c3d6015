const PATIENCE = 300

/**
 * When what the gateway has written into the page was seen: on a slow device the app takes its time to start, and would
 * otherwise do so before anything is painted. At once where nothing was written, or nobody looks.
 */
export function whenPainted(): Promise<void> {
  if (!document.querySelector('.first-paint') || document.hidden) return Promise.resolve()
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE)
    new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length > 0) resolve()
    }).observe({ type: 'paint', buffered: true })
  })
}

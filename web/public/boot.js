// Runs before the first paint, so that a chosen theme never flashes. The policy of the page forbids inline scripts.
;(function () {
  try {
    var theme = localStorage.getItem('filmoteka.theme')
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  } catch {
    // Storage may be forbidden; the system's theme it is.
  }
})()

/**
 * Applies the theme a person chose before the first paint; the system's own choice needs nothing.
 * A classic script on purpose: a module would run after the page was already drawn in the wrong colours.
 */
(() => {
  try {
    const theme = window.localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; then the system's choice stands.
  }
})();

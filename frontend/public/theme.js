// Runs before the first frame, as no script inside the page's body surely does: the theme that was chosen here or, without
// a choice, that of the system. From then on next-themes keeps it.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // A browser may forbid the page to keep anything; then nothing was chosen.
  }
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.add(dark ? "dark" : "light");
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
})();

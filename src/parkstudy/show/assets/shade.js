// Light or dark as JupyterLab is, else as the page behind is.
const dark = () => {
  const given = document.body.dataset.jpThemeLight;
  if (given) return given === "false";
  const [red, green, blue, alpha] = (getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g) || []).map(Number);
  return alpha !== 0 && 0.3 * red + 0.6 * green + 0.1 * blue < 128;
};
const shade = (host) => {
  const night = dark();
  host.classList.toggle("dark", night);
  host.classList.toggle("light", !night);
};

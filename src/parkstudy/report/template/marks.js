// Where many parks are dots, those of the parks that are picked out have their colour and their name.
function mark() {
  all(".many svg text[data-made]").forEach((label) => label.remove());
  all(".many svg g[data-park]").forEach((element) => {
    const { park } = element.dataset;
    const dot = element.querySelector("use");
    const hollow = (element.parentElement.getAttribute("style") || "").startsWith("fill:var(--paper");
    if (element.querySelector("text")) return;
    element.style.stroke = picked.has(park) ? colour(park) : "";
    element.style.fill = picked.has(park) && dot && !hollow ? colour(park) : "";
    element.style.setProperty("--accent", picked.has(park) ? colour(park) : ""); // the edge of a dot; "" takes it back
    if (picked.has(park) && dot) name(dot, park);
  });
}
function name(dot, park) {
  const svg = dot.ownerSVGElement;
  const [x, y] = ["x", "y"].map((side) => Number(dot.getAttribute(side)));
  const right = x > 0.6 * svg.viewBox.baseVal.width;
  const label = document.createElementNS("http://www.w3.org/2000/svg", "text");
  const look = `font-size:${svg.querySelector("text").style.fontSize};font-weight:600;fill:${colour(park)};` +
    "paint-order:stroke;stroke:var(--paper);stroke-width:2.5px";
  Object.entries({ x: right ? x - 6 : x + 6, y: y + 3, "data-made": "", "data-park": park, "text-anchor": right ? "end" : "start", style: look })
    .forEach(([key, value]) => label.setAttribute(key, value));
  label.textContent = parks.find(([id]) => id === park)[1];
  svg.append(label);
}

// The marks of parks that are picked out: no two of them have one colour while another is free, and where many parks are dots,
// theirs have names.
function mark() {
  const colours = [...new Set(parks.map(([, , colour]) => colour))];
  const taken = {};
  [...picked].forEach((park) => {
    const [, , own] = parks.find(([id]) => id === park);
    const free = colours.filter((colour) => !Object.values(taken).includes(colour));
    taken[park] = free.includes(own) || !free.length ? own : free[0];
  });
  all(".exhibit svg [data-recoloured]").forEach((element) => {
    element.removeAttribute("style");
    element.removeAttribute("data-recoloured");
  });
  all(".exhibit svg text[data-made]").forEach((label) => label.remove());
  Object.entries(taken).forEach(([park, colour]) => {
    const [, name, own] = parks.find(([id]) => id === park);
    all(`.exhibit svg g[data-park="${CSS.escape(park)}"]`).forEach((element) => {
      const one = element.closest(".many");
      if (one) distinguish(element, colour, name);
      else if (colour !== own) element.style.setProperty(`--${own}`, `var(--${colour})`);
      if (one || colour !== own) element.setAttribute("data-recoloured", "");
    });
  });
  all(".parks button[value]").forEach((button) => {
    const [, , own] = parks.find(([id]) => id === button.value) || [];
    if (own) button.style.setProperty("--park", `var(--${taken[button.value] || own})`);
  });
}
function distinguish(element, colour, name) {
  const dot = element.querySelector("use");
  if (element.querySelector("text")) return;
  const hollow = (element.parentElement.getAttribute("style") || "").startsWith("fill:var(--paper");
  element.style.stroke = `var(--${colour})`;
  if (dot && !hollow) element.style.fill = `var(--${colour})`;
  if (!dot) return;
  if (picked.size > 6) return; // more names than dots leave room for
  const svg = element.ownerSVGElement;
  const [x, y] = ["x", "y"].map((side) => Number(dot.getAttribute(side)));
  const right = x > 0.6 * svg.viewBox.baseVal.width;
  const label = document.createElementNS("http://www.w3.org/2000/svg", "text");
  Object.entries({
    x: right ? x - 6 : x + 6, y: y + 3, "data-made": "", "text-anchor": right ? "end" : "start",
    style: `font-size:${getComputedStyle(svg.querySelector("text")).fontSize};font-weight:600;fill:var(--${colour});` +
      "paint-order:stroke;stroke:var(--paper);stroke-width:2.5px",
  }).forEach(([key, value]) => label.setAttribute(key, value));
  label.textContent = name;
  svg.append(label);
}

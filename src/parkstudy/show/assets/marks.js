// Parks that are picked out; all that is not theirs dims. A column under the name of a park is that park's, and so is a row
// whose words name it.
const picked = new Set(); // kept in the page too, so that a saved one has it
all(".exhibit table").forEach((table) => all("thead th", table).forEach((head, place) => {
  const [park] = parks.find(([, name]) => name === head.textContent.trim()) || [];
  if (park) [head, ...[...table.tBodies[0].rows].map((row) => row.cells[place])].forEach((cell) => { cell.dataset.park = park; });
}));
all(".exhibit tbody tr:not([data-park]):has(a.park)").forEach((row) => {
  row.dataset.park = [...new Set(all("a.park", row).map((link) => link.dataset.park))].join(" ");
});
const owned = all(".exhibit :is(svg *, tr, th, td)[data-park]");
const turns = new Map(); // long tables, each with what turns its pages
const named = (element) => element.dataset.park.split(" ");
const COLOURS = [1, 2, 3, 4, 5].map((number) => "--park-" + number);
// A park keeps its colour; one that shares it with others has the first that is free where several are picked out.
const hues = () => [...picked].reduce((found, park) => {
  const taken = [...found.values()];
  const own = "--" + parks.find(([id]) => id === park)[2];
  return found.set(park, taken.includes(own) ? COLOURS.find((one) => !taken.includes(one)) || own : own);
}, new Map());
const colour = (park) => `var(${hues().get(park)})`;
let chips = () => {};
const dim = () => {
  const hue = hues();
  holder.dataset.picked = [...picked].join(" ");
  all(".exhibit").forEach((exhibit) => exhibit.classList.toggle("picking", picked.size > 0));
  owned.forEach((element) => {
    const own = named(element).find((park) => picked.has(park));
    element.classList.toggle("dim", picked.size > 0 && !own);
    if (repeat && element.closest("svg")) [...COLOURS, "--park-more", "--mark"].forEach((name) => { // two that are picked out have two colours
      if (own) element.style.setProperty(name, getComputedStyle(holder).getPropertyValue(hue.get(own)));
      else element.style.removeProperty(name);
    });
  });
  chips();
  all(".parks [aria-pressed]").forEach((button) => {
    button.setAttribute("aria-pressed", String(picked.has(button.value)));
    button.style.setProperty("--park", `var(${hue.get(button.value) || "--" + parks.find(([id]) => id === button.value)[2]})`);
  });
  mark();
  turns.forEach((turn) => turn());
};
const present = new Set(owned.flatMap(named));
const shown = parks.filter(([park]) => present.has(park));
const some = shown.length > 1;
const repeat = new Set(shown.map(([, , own]) => own)).size < shown.length; // colours
const known = (wanted) => shown.map(([park]) => park).filter((park) => wanted.includes(park));
if (some) known((holder.dataset.picked || "").split(" ")).forEach((park) => picked.add(park));
const pickOnly = (wanted) => { // these and no others
  picked.clear();
  known(wanted).forEach((park) => picked.add(park));
  dim();
};
const pick = (park) => {
  if (!picked.delete(park)) picked.add(park);
  if (repeat && picked.size > COLOURS.length) picked.delete([...picked][0]);
  dim();
  changed();
  announce(picked.size ? say(words.picked, { names: shown.filter(([id]) => picked.has(id)).map(([, text]) => text).join(", ") }) : words.everyone);
};

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

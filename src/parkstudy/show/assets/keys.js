// One tab stop for the numbers of a table, for those of a sentence, for what stands below an exhibit (sources, files, code), for
// the parks, the pages and the contents: arrow keys move inside.
const KEEN = "span.number[role=button], a[href], .sort, .fold, button, summary";
const GROUPS = "header.site nav, .exhibit table, .exhibit .state, .parks, .contents, .code_cell, .files";
const group = (element) => (element.closest(".files, figcaption") && element.closest(".code_cell")) || element.closest(GROUPS);
const members = (around) => all(KEEN, around).filter((element) => group(element) === around);
const seen = (element) => element.checkVisibility();
const settle = () => all(GROUPS).forEach((around) => {
  const every = members(around);
  const visible = seen(around) ? every.filter(seen) : [];
  const stop = visible.find((element) => element.tabIndex === 0 && element.dataset.stop) || visible[0] || every[0];
  every.forEach((element) => {
    element.tabIndex = element === stop ? 0 : -1;
    if (element === stop) element.dataset.stop = "1";
    else delete element.dataset.stop;
  });
  const box = around.closest(".scroll");
  if (box) box.tabIndex = visible.length ? -1 : 0; // what scrolls can be reached through what is in it
});
const stay = (element) => {
  members(group(element)).forEach((other) => { other.tabIndex = -1; delete other.dataset.stop; });
  element.tabIndex = 0;
  element.dataset.stop = "1";
};
const beside = (element, every, way) => {
  const middle = (one) => { const box = one.getBoundingClientRect(); return [box.left + box.width / 2, box.top]; };
  const row = element.closest("tr");
  const [x] = middle(element);
  const rows = all("tr", element.closest("table")).filter((one) => one !== row && every.some((member) => one.contains(member)));
  const [before, after] = [-1, 1].map((side) => rows.filter((one) => (row.compareDocumentPosition(one) & 4 ? 1 : -1) === side));
  const next = way < 0 ? before.at(-1) : after[0];
  const there = next ? every.filter((member) => next.contains(member)) : [];
  return there.sort((a, b) => Math.abs(middle(a)[0] - x) - Math.abs(middle(b)[0] - x))[0];
};
on(root, "keydown", (event) => {
  const element = event.target.closest && event.target.closest(KEEN);
  const around = element && group(element);
  if (!around || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const every = members(around).filter(seen);
  const at = every.indexOf(element);
  const across = around.matches("table");
  const next = {
    ArrowRight: () => every[at + 1], ArrowLeft: () => every[at - 1], Home: () => every[0], End: () => every.at(-1),
    ...(across && { ArrowDown: () => beside(element, every, 1), ArrowUp: () => beside(element, every, -1) }),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  const found = next();
  if (found) found.focus();
});
const hint = add("p", { class: "hint", hidden: "" }, words.arrows);
on(root, "focusin", (event) => {
  const element = event.target.closest(KEEN);
  if (element && group(element)) stay(element);
  hint.hidden = !event.target.matches("[data-stop]:not(button, summary):focus-visible");
});
on(root, "focusout", () => { hint.hidden = true; });
on(root, "toggle", settle, true);
on(matchMedia("(max-width: 600px)"), "change", settle);
const script = root === document && document.currentScript;
if (script) script.before(dialog, live, hint); // before: a saved page has them when it runs
else (root.body || root).append(dialog, live, hint);
all(".exhibit").forEach((exhibit) => exhibit.classList.add("live"));
settle();
const off = () => {
  leave.abort();
  restore(root);
  standing.delete(root);
};
standing.set(root, off);
return {
  off, restore, all, make, add, on, say, announce, words, parks, chosen, picked, shown, some, picker, pick, pickOnly, known, follow, dim, settle,
  reveal, save, switched, axesOf,
};

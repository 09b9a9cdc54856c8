// What makes exhibits alive where no kernel answers: the record behind a number, switches, parks, tables, files, keys.
// Without it an exhibit is complete in its first state. The parts of the script follow one another in one function of a root,
// a document or a shadow root, and of facts: {words, labels, parks, records, lang, face, open?, changed?}. `open(key, element)`
// shows a record in place of the dialog; `changed(name)` is called when a switch or a park was chosen, with the name of the switch, and
// may give how many exhibits elsewhere follow. The function may be called again
// when there is something new in the root; `off` of what it gives takes everything back.
const standing = (alive.standing ??= new WeakMap());
if (standing.has(root)) standing.get(root)();
const { words, labels, parks, records } = facts;
const holder = root.host || root.documentElement; // has what is picked out, and the colours
const all = (selector, within = root) => [...within.querySelectorAll(selector)];
const leave = new AbortController();
const on = (target, type, act, capture = false) => target.addEventListener(type, act, { signal: leave.signal, capture });
const changed = (name) => (facts.changed && facts.changed(name)) || 0;
// A browser saves a page as its scripts have left it: what they made (`data-made`, or `data-wraps` around words of the page)
// is taken out first, so that no control is made twice. What was chosen is read from the page again.
const restore = (within) => {
  all("[data-made]", within).forEach((element) => element.remove());
  all("[data-wraps]", within).forEach((element) => {
    const around = element.parentElement;
    element.replaceWith(...element.childNodes);
    around.normalize();
  });
  all("tr[hidden], tr.off", within).forEach((row) => { row.hidden = false; row.classList.remove("off"); });
  all(".folded", within).forEach((list) => list.classList.remove("folded"));
  all(".exhibit.live", within).forEach((exhibit) => exhibit.classList.remove("live"));
};
restore(root);
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const add = (tag, attributes = {}, ...children) => make(tag, { "data-made": "", ...attributes }, ...children);
const keys = (act) => (event) => {
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(event); }
};
const press = (element, act) => {
  on(element, "click", act);
  on(element, "keydown", keys(act));
};
const say = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const live = add("p", { class: "spoken", role: "status" });
const announce = (text) => { live.textContent = text; };

// The record behind a number.
const dialog = add("dialog", { class: "record", "aria-labelledby": "record-title" });
const lines = (record) => {
  const list = make("dl");
  record.values.forEach((value, place) => {
    if (value) list.append(make("dt", {}, labels[record.kind][place]), make("dd", {}, ...spoken(value)));
  });
  if (record.url) {
    const link = make("a", { href: record.url, rel: "noopener noreferrer" }, record.url.split("/")[2]);
    if (root.host) link.target = "_blank";
    list.append(make("dt", {}, words.official), make("dd", {}, link));
  }
  return list;
};
// Chinese words on an English page are named as such, so that a screen reader changes its voice.
const spoken = (text) => {
  if (facts.lang !== "en") return [text];
  return text.split(/([\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+)/).filter(Boolean).map(
    (piece) => (/[\u3400-\u9fff]/.test(piece) ? make("span", { lang: "zh-Hans" }, piece) : piece));
};
const chapter = (key, level, seen) => {
  const record = records[key];
  const part = make("section", {}, make("h" + level, level === 2 ? { id: "record-title" } : {}, ...spoken(record.title)), lines(record));
  const inputs = record.inputs.filter((input) => records[input] && !seen.includes(input));
  if (inputs.length) {
    part.append(make("p", { class: "inputs" }, words.rests));
    inputs.forEach((input) => part.append(chapter(input, Math.min(level + 1, 4), [...seen, input])));
  }
  return part;
};
// A browser that has no modal dialogs shows it over the page; it is left by its button or Escape, as elsewhere.
let before = null; // what had the focus
const close = () => {
  if (dialog.close) return dialog.close();
  dialog.removeAttribute("open");
  if (before) before.focus();
};
const open = (key, element) => {
  if (facts.open) return facts.open(key, element);
  const button = make("button", { type: "button", class: "close" }, words.close);
  button.addEventListener("click", close);
  dialog.replaceChildren(button, chapter(key, 2, [key]));
  if (dialog.showModal) dialog.showModal();
  else {
    before = root.activeElement;
    dialog.classList.add("over");
    dialog.setAttribute("open", "");
    dialog.setAttribute("role", "dialog");
    button.focus();
  }
  dialog.scrollTop = 0;
};
on(dialog, "click", (event) => { if (event.target === dialog) close(); });
on(dialog, "keydown", (event) => { if (event.key === "Escape" && !dialog.close) close(); });
on(root, "click", (event) => {
  const mark = event.target.closest("[data-opens]");
  if (mark) open(mark.dataset.opens, mark);
});
on(root, "keydown", (event) => {
  const number = event.target.closest && event.target.closest("span.number[role=button]");
  if (number) keys(() => open(number.dataset.opens, number))(event);
});
if (!facts.open) all("[data-opens]").filter((mark) => !records[mark.dataset.opens]).forEach((mark) => mark.removeAttribute("data-opens"));
all("span.number[data-opens]").forEach((number) => {
  number.setAttribute("role", "button");
  number.setAttribute("aria-haspopup", "dialog");
  number.tabIndex = 0;
});

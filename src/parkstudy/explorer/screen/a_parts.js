// The explorer's screen: the question at the top, what is chosen at the left, the answer in the middle with a drawer over its right
// side, what remains of it at the bottom. Each part is made once and laid over what is there: focus and scroll stay where they are.
const fill = (template, values) => (template || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
const plainly = (text) => (text || "").normalize("NFKC").toLocaleLowerCase();
const holds = (text, asked) => plainly(asked).split(/\s+/).every((word) => text.includes(word)) || text.replace(/\s+/g, "").includes(plainly(asked).replace(/\s+/g, ""));
const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };
const button = (text, act, attributes = {}) => make("button", { type: "button", ...attributes, on: { click: act } }, text);
// What is in a box, made anew. Chromium keeps radios that are taken out of a shadow root, with all that is around them and each time
// more, as long as they have a name.
const refill = (box, ...inside) => {
  box.querySelectorAll("input[type=radio]").forEach((one) => one.removeAttribute("name"));
  box.replaceChildren(...inside);
};
// What is wrong and its cause, one sentence behind the other as a language has them.
const ended = (text) => (/[.?!\u3002\uff1f\uff01]$/.test(text) ? text : text + (/[\u4e00-\u9fff]/.test(text) ? "\u3002" : "."));
const refusal = ({ error, cause }) => [error, cause].filter(Boolean).map(ended).join(/[\u4e00-\u9fff]/.test(error) ? "" : " ");
const icon = (sign) => make("span", { "aria-hidden": "true", class: "sign" }, sign);
const typing = (target) => target && target.matches && target.matches("input:is([type=text], [type=search], :not([type])), textarea, select");
let ids = 0;
const newId = (name) => `${name}-${(ids += 1)}`;

// One tab stop for several controls: arrow keys, Home and End move inside.
const roving = (box, selector, act = () => {}) => {
  const every = () => [...box.querySelectorAll(selector)];
  const settle = () => { // what is seen is not asked here: the browser would lay the whole screen out for it, before all is drawn
    const found = every();
    const stop = found.find((one) => one.tabIndex === 0 && one.dataset.stop) || found.find((one) => one.matches("[aria-selected=true], [aria-pressed=true]")) || found[0];
    found.forEach((one) => { one.tabIndex = one === stop ? 0 : -1; });
  };
  const stop = (one) => {
    every().forEach((other) => { other.tabIndex = -1; delete other.dataset.stop; });
    one.tabIndex = 0;
    one.dataset.stop = "1";
  };
  box.addEventListener("focusin", (event) => { const one = event.target.closest(selector); if (one) stop(one); });
  box.addEventListener("keydown", (event) => {
    const found = every().filter((one) => one.checkVisibility());
    const at = found.indexOf(event.target.closest(selector));
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = { ArrowRight: found[at + 1], ArrowDown: found[at + 1], ArrowLeft: found[at - 1], ArrowUp: found[at - 1], Home: found[0], End: found.at(-1) };
    if (!(event.key in next)) return;
    event.preventDefault();
    if (!next[event.key]) return;
    next[event.key].focus();
    act(next[event.key]);
  });
  return settle;
};

// Whether the focus goes elsewhere in the screen: to the notebook it goes also when words in the box are clicked.
const leftBy = ({ relatedTarget: to }, place, box) => to && place.root.contains(to) && !box.contains(to);

// A button with a box that it opens; Escape and a click elsewhere close it, Escape gives the focus back to where it was.
const popup = (place, text, inside, attributes = {}) => {
  const box = make("div", { class: "popup", id: newId("popup"), hidden: true, role: "group", tabindex: "-1" }, inside);
  let from = null;
  const opener = button("", () => toggle(box.hidden), { "aria-expanded": "false", "aria-controls": box.id, ...attributes });
  opener.append(text);
  const within = () => { // the screen, which cuts off what goes beyond it
    box.style.translate = box.style.maxHeight = "";
    const [own, all] = [box, place.root.querySelector(".explorer") || box].map((one) => one.getBoundingClientRect());
    const aside = Math.max(all.left + 4 - own.left, Math.min(0, all.right - 4 - own.right));
    const high = whole.closest(".bottom") ? own.bottom - all.top - 4 : all.bottom - own.top - 4;
    if (aside) box.style.translate = `${aside}px`;
    if (own.height > high) box.style.maxHeight = `${Math.max(high, 120)}px`;
  };
  const toggle = (show, back = true) => {
    if (box.hidden === !show) return;
    box.hidden = !show;
    opener.setAttribute("aria-expanded", String(show));
    if (!show && back) (from && from.isConnected && from.checkVisibility() ? from : opener).focus();
    if (show) from = place.root.activeElement;
    if (show) within();
    if (show) (box.querySelector("input, button, a[href]") || box).focus();
  };
  const whole = make("div", { class: "popping" }, opener, box);
  whole.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden) { event.stopPropagation(); toggle(false); }
  });
  const outside = (event) => { if (!box.hidden && !event.composedPath().includes(whole)) toggle(false, false); };
  document.addEventListener("pointerdown", outside, true);
  whole.addEventListener("focusout", (event) => { if (leftBy(event, place, whole)) toggle(false, false); });
  return { whole, opener, box, toggle, stop: () => document.removeEventListener("pointerdown", outside, true) };
};

// Text to the clipboard; where that is closed, it is selected.
const copied = async (text, from) => {
  if (from && from.select) from.select();
  else if (from) {
    const range = document.createRange();
    range.selectNodeContents(from);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  return document.execCommand("copy");
};

// What makes a page alive where no kernel answers: the record behind a number, switches, parks, folded lists.
// Without it the page is complete in its first state. The parts of the script follow one another in one function.
"use strict";
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const { words, labels, parks, stem } = read("furniture");
const records = read("records");
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
// A browser saves a page as its scripts have left it: what they made (`data-made`, or `data-wraps` around words of the page)
// is taken out first, so that no control is made twice. What was chosen is read from the page again.
const restore = (page) => {
  all("[data-made]", page).forEach((element) => element.remove());
  all("[data-wraps]", page).forEach((element) => {
    const around = element.parentElement;
    element.replaceWith(...element.childNodes);
    around.normalize();
  });
  all("tr[hidden], tr.off", page).forEach((row) => { row.hidden = false; row.classList.remove("off"); });
};
restore(document);
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const add = (tag, attributes = {}, ...children) => make(tag, { "data-made": "", ...attributes }, ...children);
const keys = (act) => (event) => {
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); }
};
const press = (element, act) => {
  element.addEventListener("click", act);
  element.addEventListener("keydown", keys(act));
};
const say = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const live = add("p", { class: "spoken", role: "status" });
const announce = (text) => { live.textContent = text; };

// Where the pages do not fit beside each other, the one that is read is in sight.
all("nav a[aria-current]").forEach((link) => { link.parentElement.scrollLeft = (link.previousElementSibling || link).offsetLeft - link.parentElement.offsetLeft; });

// The record behind a number.
const dialog = add("dialog", { class: "record", "aria-labelledby": "record-title" });
const lines = (record) => {
  const list = make("dl");
  record.values.forEach((value, place) => {
    if (value) list.append(make("dt", {}, labels[record.kind][place]), make("dd", {}, ...spoken(value)));
  });
  if (record.url) {
    const link = make("a", { href: record.url, rel: "noopener noreferrer" }, record.url.split("/")[2]);
    list.append(make("dt", {}, words.official), make("dd", {}, link));
  }
  return list;
};
// Chinese words on an English page are named as such, so that a screen reader changes its voice.
const spoken = (text) => {
  if (document.documentElement.lang !== "en") return [text];
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
const open = (key) => {
  const close = make("button", { type: "button", class: "close" }, words.close);
  close.addEventListener("click", () => dialog.close());
  dialog.replaceChildren(close, chapter(key, 2, [key]));
  dialog.showModal();
  dialog.scrollTop = 0;
};
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
document.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-opens]");
  if (mark) open(mark.dataset.opens);
});
all("[data-opens]").filter((mark) => !records[mark.dataset.opens]).forEach((mark) => mark.removeAttribute("data-opens"));
all("span.number[data-opens]").forEach((number) => {
  number.setAttribute("role", "button");
  number.setAttribute("aria-haspopup", "dialog");
  number.tabIndex = 0;
  number.addEventListener("keydown", keys(() => open(number.dataset.opens)));
});

// The parameters that exhibits obey; every exhibit of the page follows.
const chosen = {};
const choices = (state) => Object.fromEntries(state.dataset.when.split(" ").filter(Boolean).map((pair) => pair.split("=")));
const follow = () => {
  all(".exhibit[data-axes]").forEach(show);
  settle();
};
const show = (exhibit) => {
  const states = all(":scope > .state", exhibit);
  const fits = (state) => Object.entries(choices(state)).every(([name, value]) => chosen[name] === value);
  const own = states.find(fits) || states.find((state) => !state.hidden);
  states.forEach((state) => { state.hidden = state !== own; });
  const shown = choices(own);
  all("input[type=radio]", exhibit).forEach((radio) => { radio.checked = shown[radio.dataset.axis] === radio.value; });
};
const obeying = (name) => all(".exhibit[data-axes]").filter((exhibit) => JSON.parse(exhibit.dataset.axes).some((axis) => axis[0] === name));
all(".exhibit[data-axes]").forEach((exhibit) => {
  const first = choices(exhibit.querySelector(":scope > .state:not([hidden])"));
  Object.entries(first).forEach(([name, value]) => { chosen[name] = chosen[name] || value; });
  const tools = add("div", { class: "switches" });
  JSON.parse(exhibit.dataset.axes).forEach(([name, label, values]) => {
    const set = make("fieldset", {}, make("legend", {}, label));
    values.forEach(([value, text]) => {
      const radio = make("input", { type: "radio", name: exhibit.id + "-" + name, value, "data-axis": name });
      radio.checked = first[name] === value;
      radio.addEventListener("change", () => {
        const top = exhibit.getBoundingClientRect().top;
        chosen[name] = value;
        follow();
        keep();
        window.scrollBy({ top: exhibit.getBoundingClientRect().top - top, behavior: "instant" });
        announce(say(words.follows, { label, value: text, n: obeying(name).length }));
      });
      set.append(make("label", {}, radio, make("span", {}, text)));
    });
    tools.append(set);
  });
  const next = all(".exhibit")[all(".exhibit").indexOf(exhibit) + 1];
  if (!exhibit.querySelector(".takeaways")) exhibit.prepend(tools);
  else if (!next || next.dataset.axes !== exhibit.dataset.axes) exhibit.append(tools); // else the picture below has the same
});

// Parks that are picked out; all that is not theirs dims. A column under the name of a park is that park's, and so is a row
// whose words name it.
const root = document.documentElement;
const MANY = 12; // parks that have a button each; of more a field finds one
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
// A park keeps its colour; of two that share one and are picked out the later has the first that is free.
const hues = () => [...picked].reduce((found, park) => {
  const taken = [...found.values()];
  const own = "--" + parks.find(([id]) => id === park)[2];
  return found.set(park, taken.includes(own) ? COLOURS.find((one) => !taken.includes(one)) || own : own);
}, new Map());
const colour = (park) => `var(${hues().get(park)})`;
let chips = () => {};
const dim = () => {
  const hue = hues();
  root.dataset.picked = [...picked].join(" ");
  root.classList.toggle("picking", picked.size > 0);
  owned.forEach((element) => {
    const own = named(element).find((park) => picked.has(park));
    element.classList.toggle("dim", picked.size > 0 && !own);
    if (repeat && element.closest("svg")) [...COLOURS, "--mark"].forEach((name) => { // two that are picked out have two colours
      if (own) element.style.setProperty(name, getComputedStyle(root).getPropertyValue(hue.get(own)));
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
const tools = (some || document.querySelector(".switches")) && add("div", { class: "parks", role: "group", "aria-label": some ? words.pick : words.view });
if (tools) {
  const answer = document.querySelector(".takeaways");
  const cell = answer && answer.closest(".cell");
  const picture = cell && cell.nextElementSibling.matches(".code_cell") ? cell.nextElementSibling : null; // at once behind the answer
  (picture ? picture.nextElementSibling : cell || document.querySelector("main h1")).after(tools); // behind its code
  const end = document.querySelector(".about");
  new ResizeObserver(() => tools.classList.toggle("tall", tools.offsetHeight > innerHeight / 6)).observe(tools); // it would take the screen
  if (end) new IntersectionObserver(([seen]) => tools.classList.toggle("past", seen.boundingClientRect.top < innerHeight)).observe(end);
}
if (some) {
  (root.dataset.picked || "").split(" ").filter((park) => present.has(park)).forEach((park) => picked.add(park));
  const pick = (park) => {
    if (!picked.delete(park)) picked.add(park);
    if (repeat && picked.size > COLOURS.length) picked.delete([...picked][0]);
    dim();
    keep();
    announce(picked.size ? say(words.picked, { names: shown.filter(([id]) => picked.has(id)).map(([, text]) => text).join(", ") }) : words.everyone);
  };
  const chip = ([park, name]) => {
    const button = make("button", { type: "button", value: park, "aria-pressed": "false" }, name);
    button.addEventListener("click", () => pick(park));
    return button;
  };
  tools.append(make("span", { "aria-hidden": "true" }, words.pick));
  if (shown.length <= MANY) tools.append(...shown.map(chip));
  else {
    const list = make("datalist", { id: "park-names" }, ...shown.map(([, name, , full]) => make("option", { value: name, label: full || name })));
    const field = make("input", { type: "search", list: "park-names", "aria-label": words.pick, placeholder: say(words.of_parks, { n: shown.length }) });
    const found = make("span", { class: "chips" });
    const count = make("output");
    const plain = (text) => text.normalize("NFKC").toLocaleLowerCase();
    const called = shown.map((park) => [park, [park[0], park[1], park[3] || park[1]].map(plain)]);
    // By id, short or full name, the whole of one before the begin of one before words or parts of words anywhere.
    const alike = () => {
      const asked = plain(field.value.trim());
      const has = (name) => asked.split(/\s+/).every((word) => name.includes(word));
      const rank = (names) => [names.includes(asked), names.some((name) => name.startsWith(asked)), names.some(has)].indexOf(true);
      const ranked = asked ? called.map(([[park], names]) => [rank(names), park]).filter(([place]) => place >= 0) : [];
      return ranked.sort(([a], [b]) => a - b); // stable: in the order of the study
    };
    const tell = (left) => {
      count.textContent = !field.value.trim() ? "" : left.length ? say(words.of_parks, { n: left.length }) : words.no_park;
    };
    const take = (left) => {
      if (!left.length) return announce(count.textContent);
      const [[, park]] = left;
      field.value = "";
      tell([]);
      if (!picked.has(park)) pick(park);
    };
    field.addEventListener("input", (event) => {
      const left = alike();
      tell(left);
      const whole = left.filter(([place]) => place === 0);
      if (!/^(insertText|delete|insertComp)/.test(event.inputType || "") && whole.length === 1) take(whole); // from the list
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      take(alike());
    });
    chips = () => found.replaceChildren(...shown.filter(([park]) => picked.has(park)).map(chip));
    tools.append(field, count, list, found);
  }
  dim();
}

// A long legend or list of sources folds on a screen to its first lines; on paper, and for who hears the page, it is whole.
all(".sources, .legend").filter((list) => list.textContent.replace(/[^\x00-\xff]/g, "  ").length > 240).forEach((list) => {
  const words = list.firstChild;
  const end = words.data.search(/[:：]/);
  if (end < 0) return;
  const button = make("button", { "data-wraps": "", type: "button", class: "fold", "aria-expanded": "false" }, words.data.slice(0, end));
  const unfold = (whole) => {
    list.classList.toggle("folded", !whole);
    button.setAttribute("aria-expanded", String(whole));
    if (!whole) list.scrollTop = 0;
  };
  words.deleteData(0, end);
  list.prepend(button);
  button.addEventListener("click", () => unfold(list.classList.contains("folded")));
  list.addEventListener("focusin", (event) => { if (event.target !== button) unfold(true); }); // a link must not hide its focus
  list.addEventListener("scroll", () => { if (list.scrollTop) unfold(true); }); // nor a word that the browser has found
  unfold(false);
});

// What is chosen: a measure, parks, and the choices that act on the measure.
// Measures in their groups, of which one is open: that of the measure in force, until another one is opened.
const measureList = (place, taken) => {
  const title = make("h2", { id: newId("measures") });
  const list = make("div", { class: "pick measures-list", role: "group", "aria-labelledby": title.id });
  const whole = make("section", { class: "measures" }, title, list);
  let shape = "", rows = new Map(), groups = new Map(), held = "";
  const row = (item, name) => {
    const [count, what, few] = [make("span", { class: "count" }), make("span", { class: "what" }, item.about, " · "), make("span", { class: "few", "aria-hidden": "true" })];
    const about = make("span", { class: "about", id: newId("about") }, what, count);
    const radio = make("input", { type: "radio", name, value: item.key, "aria-describedby": about.id });
    radio.addEventListener("change", () => place.send("set", { choice: { measure: item.key } }));
    const label = make("label", { class: "measure", title: item.about }, radio, make("span", { class: "name" }, item.name), few, about);
    label.addEventListener("click", (event) => { if (event.detail) requestAnimationFrame(taken); }); // by mouse: by keys one walks on
    radio.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); taken(); } });
    rows.set(item.key, { radio, label, count, few });
    return label;
  };
  const group = ({ group: own, name, items }) => {
    const one = { of: make("span", { class: "few" }), box: make("div", { role: "radiogroup", id: newId("group"), hidden: true }) };
    one.head = button("", () => open(one.box.hidden ? own : ""), { class: "group", "data-group": own, "aria-controls": one.box.id });
    one.head.append(make("span", { class: "name" }, name), one.of);
    one.box.setAttribute("aria-label", name);
    one.box.append(...items.map((item) => row(item, one.box.id))); // radios of its own: one that is not seen holds back no key
    groups.set(own, one);
    return make("div", { class: "measure-group" }, make("h3", {}, one.head), one.box);
  };
  const open = (own) => groups.forEach((one, name) => {
    one.box.hidden = name !== own;
    one.head.setAttribute("aria-expanded", String(name === own));
    if (name === own) requestAnimationFrame(() => reveal(one.head, list));
  });
  return {
    whole, title,
    draw: (left, words) => {
      put(title, words.measure);
      const now = JSON.stringify(left.measures.map((group) => [group.name, group.items.map((item) => [item.key, item.name, item.about])]));
      if (now !== shape) {
        const was = place.root.activeElement;
        const focused = was && list.contains(was) && [was.value, was.dataset.group];
        shape = now;
        [rows, groups, held] = [new Map(), new Map(), ""];
        refill(list, ...left.measures.filter((group) => group.items.length).map(group));
        open("");
        if (focused) requestAnimationFrame(() => { const again = rows.get(focused[0]) || groups.get(focused[1]); if (again) (again.radio || again.head).focus(); });
      }
      const all = left.parks.filter(({ on, role }) => on && role === "core").length;
      let name = "";
      left.measures.forEach((group) => {
        group.items.forEach((item) => {
          const { radio, label, count, few } = rows.get(item.key);
          radio.checked = item.on;
          label.classList.toggle("none-there", !item.there);
          put(count, item.count);
          put(few, all ? `${item.n}/${all}` : "");
          if (!item.on) return;
          name = item.name;
          if (held !== item.key) {
            held = item.key;
            open(group.group);
            requestAnimationFrame(() => reveal(label, list));
          }
        });
        if (groups.has(group.group)) put(groups.get(group.group).of, String(group.items.length));
      });
      return name;
    },
  };
};
// Scrolls a list so that a line of it is seen, and nothing around it.
const reveal = (line, list) => {
  const [inner, outer] = [line.getBoundingClientRect(), list.getBoundingClientRect()];
  const up = inner.top - outer.top - 40, down = inner.bottom - outer.bottom + 8; // below the head of its group, which stays
  if (up < -16 || (down > 8 && up < down)) list.scrollTop += up;
  else if (down > 8) list.scrollTop += down;
};

const NONE = "none";
const parkList = (place) => {
  const title = make("h2");
  const count = make("output");
  const field = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const [every, none] = [button("", () => choose(() => true)), button("", () => choose(() => false))];
  const groups = make("select");
  const [core, context] = [make("div", { class: "core" }), make("div", { class: "context" })];
  const beside = make("h3", {}, button("", () => apart(context.hidden), { class: "group", id: newId("context") }));
  const opener = beside.firstChild;
  opener.append(make("span", { class: "name" }), make("span", { class: "few" }));
  context.setAttribute("role", "group");
  context.setAttribute("aria-labelledby", opener.id);
  const apart = (shown) => { // parks of context are many: they lie closed, until one is chosen or looked for
    context.hidden = !shown;
    opener.setAttribute("aria-expanded", String(shown));
  };
  const nothing = make("p", { class: "no-match", hidden: true });
  const list = make("div", { class: "pick parks-list", role: "group" }, core, beside, context, nothing);
  const tools = make("div", { class: "line tools" }, field, every, none, groups);
  const whole = make("section", { class: "park-choice" }, make("div", { class: "line" }, title, count), tools, list);
  let listed = [], rows = new Map(), words = {}, groupShape = "", grouped = "";
  // What is sent: nothing for all core parks, else the ids; the checks are what the reader sees, also while an answer is awaited.
  const send = () => {
    const boxes = [...rows.values()];
    const on = boxes.filter(({ box }) => box.checked);
    const cores = boxes.filter(({ park }) => park.role === "core");
    const all = on.length === cores.length && on.every(({ park }) => park.role === "core");
    grouped = "";
    place.send("set", { choice: { parks: all ? "" : on.map(({ park }) => park.id).join(",") || NONE } });
    told();
  };
  const choose = (test) => {
    rows.forEach(({ box, park }) => { box.checked = test(park) && park.role === "core"; });
    send();
  };
  const told = () => {
    const boxes = [...rows.values()].filter(({ park }) => park.role === "core");
    put(count, (grouped && `${grouped} · `) + fill(words.parks_chosen, { n: boxes.filter(({ box }) => box.checked).length, all: boxes.length }));
  };
  const row = (park) => {
    const why = make("span", { class: "why", id: newId("why") });
    const box = make("input", { type: "checkbox", value: park.id, "aria-describedby": why.id });
    box.addEventListener("change", send);
    const name = make("span", { class: "name" }, park.name);
    const full = park.full && park.full !== park.name ? park.full : "";
    const label = make("label", { class: "park-line", style: `--park: var(--${park.colour})`, title: full || false }, box, name, why);
    rows.set(park.id, { box, label, why, park, called: plainly(`${park.id} ${park.name} ${full} ${park.also}`) });
    return label;
  };
  const filter = () => {
    const asked = field.value.trim();
    let left = 0;
    rows.forEach(({ label, called }) => {
      label.hidden = Boolean(asked) && !holds(called, asked);
      left += !label.hidden;
    });
    nothing.hidden = left > 0;
    beside.hidden = ![...context.children].some((one) => !one.hidden);
    if (asked) apart(!beside.hidden);
    return left;
  };
  const walked = () => [...rows.values()].filter(({ label }) => !label.hidden && !label.parentElement.hidden);
  field.addEventListener("input", () => place.say(fill(words.parks_found, { n: filter() })));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const seen = walked();
    if (event.key === "Enter" && field.value.trim() && seen.length) {
      event.preventDefault();
      seen[0].box.checked = !seen[0].box.checked;
      send();
    } else if (event.key === "ArrowDown" && seen.length) {
      event.preventDefault();
      seen[0].box.focus();
    } else if (event.key === "Escape" && field.value) {
      event.stopPropagation();
      field.value = "";
      filter();
    }
  });
  // One tab stop for all parks; arrow keys walk through those that are seen.
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (!step || !event.target.matches("input")) return;
    event.preventDefault();
    const seen = walked().map(({ box }) => box);
    const at = seen.indexOf(event.target);
    if (at + step < 0 && step === -1) field.focus();
    else seen[Math.max(0, Math.min(seen.length - 1, at + step))].focus();
  });
  list.addEventListener("focusin", (event) => {
    if (event.target.matches("input")) stop(event.target);
  });
  let standing = null;
  const stop = (box) => {
    if (standing) standing.tabIndex = -1;
    standing = box;
    box.tabIndex = 0;
  };
  groups.addEventListener("change", () => {
    if (groups.value) place.send("set", { choice: { parks: groups.value } });
  });
  return {
    whole, title,
    draw: (left, all) => {
      words = all;
      put(title, words.parks);
      put(every, words.parks_all);
      put(none, words.parks_none);
      put(opener.children[0], words.parks_context);
      put(opener.children[1], String(left.parks.filter(({ role }) => role !== "core").length));
      put(nothing, words.parks_not_found);
      field.placeholder = words.parks_search;
      field.setAttribute("aria-label", words.parks_search);
      list.setAttribute("aria-label", words.parks);
      groups.setAttribute("aria-label", words.parks_group);
      const alike = (one, other) => one === other || ["id", "name", "colour", "role"].every((part) => one[part] === other[part]);
      if (left.parks.length !== listed.length || !left.parks.every((park, at) => alike(park, listed[at]))) {
        const same = left.parks.length === rows.size && left.parks.every(({ id }) => rows.has(id));
        if (!same) field.value = ""; // other data: what was looked for is of the parks before
        rows = new Map();
        const lines = left.parks.map((park) => [park, row(park)]);
        core.replaceChildren(...lines.filter(([park]) => park.role === "core").map(([, line]) => line));
        context.replaceChildren(...lines.filter(([park]) => park.role !== "core").map(([, line]) => line));
        rows.forEach(({ box }) => { box.tabIndex = -1; });
        standing = null;
        if (rows.size) stop(rows.values().next().value.box);
        apart(false);
        filter();
        list.scrollTop = 0;
      }
      listed = left.parks;
      listed.forEach((park) => { // a box may have been worked since; what else is said of most of very many parks stays
        const one = rows.get(park.id);
        if (one.box.checked !== park.on) one.box.checked = park.on;
        if (park.on && park.role !== "core") apart(true);
        if (one.told === park) return;
        one.told = park;
        put(one.why, park.role === "core" ? park.why || "" : "");
        one.label.classList.toggle("none-there", Boolean(park.why));
      });
      const offered = JSON.stringify(left.groups);
      if (offered !== groupShape) {
        groupShape = offered;
        groups.replaceChildren(make("option", { value: "" }, words.parks_group), ...left.groups.map(({ value, name, n }) => make("option", { value }, fill(words.parks_group_of, { name, n }))));
      }
      groups.hidden = !left.groups.length;
      const held = left.groups.find(({ value }) => value === left.group);
      [groups.value, grouped] = held ? [held.value, held.name] : ["", ""];
      told();
      return count.textContent;
    },
  };
};

// A choice of few values lies open, one of more is a list; what is refused cannot be chosen in either, and its rule stands below.
const FEW = 2;
const choiceList = (place) => {
  const title = make("h2", { hidden: true });
  const box = make("div", { class: "every" });
  const whole = make("section", { class: "choices" }, title, box);
  let shape = "";
  const set = (name, value) => place.send("set", { choice: { [name]: value } });
  const few = (choice, label) => {
    const name = newId(choice.name);
    return make("div", { class: "options", role: "radiogroup", "aria-labelledby": label.id }, ...choice.values.map(({ value, name: text }) => {
      const radio = make("input", { type: "radio", name, value, "data-choice": choice.name });
      radio.addEventListener("change", () => set(choice.name, value));
      return make("label", {}, radio, make("span", {}, text));
    }));
  };
  const many = (choice, label) => {
    const list = make("select", { "aria-labelledby": label.id, "data-choice": choice.name });
    list.append(...choice.values.map(({ value, name }) => make("option", { value }, name)));
    list.addEventListener("change", () => set(choice.name, list.value));
    return list;
  };
  const draw = (choice) => {
    const label = make("span", { class: "label", id: newId("label") }, choice.label);
    const refused = make("div", { class: "refused", id: newId("refused") });
    const control = (choice.values.length > FEW ? many : few)(choice, label);
    control.setAttribute("aria-describedby", refused.id);
    return make("div", { class: "choice", "data-choice": choice.name }, label, control, refused);
  };
  const keeping = (act) => { // what has the focus has it again
    const was = place.root.activeElement;
    const [name, value] = was && box.contains(was) ? [was.dataset.choice, was.value] : [];
    act();
    const every = [...box.querySelectorAll("input, select")].filter((one) => one.dataset.choice === name);
    const again = every.find((one) => one.value === value) || every[0];
    if (name && again) again.focus();
  };
  return {
    whole, title,
    draw: (left, words) => {
      put(title, words.choices);
      whole.setAttribute("aria-label", words.choices);
      const now = JSON.stringify(left.choices.map(({ name, label, values }) => [name, label, values.map((one) => [one.value, one.name])]));
      if (now !== shape) {
        shape = now;
        keeping(() => refill(box, ...(left.choices.length ? left.choices.map(draw) : [make("p", { class: "quiet" }, words.no_choices)])));
      }
      return left.choices.map((choice, at) => {
        const [, control, refused] = box.children[at].children;
        const own = [...control.querySelectorAll("input, option")];
        const rules = new Map();
        let chosen = "";
        choice.values.forEach((value, at) => {
          const is = control.matches("select") ? "selected" : "checked";
          if (own[at][is] !== value.on) own[at][is] = value.on;
          own[at].disabled = Boolean(value.why);
          (own[at].closest("label") || own[at]).title = value.why;
          if (value.on) chosen = value.name;
          if (!value.why) return;
          const rule = value.why.replaceAll(value.name, "{names}"); // one that names its value is told once of all of them
          rules.set(rule, [...(rules.get(rule) || []), value.name]);
        });
        const lines = [...rules].map(([rule, every]) => {
          const names = every.join(words.list_mark);
          return rule.includes("{names}") ? fill(rule, { names }) : fill(words.refused, { names, why: rule });
        });
        if (refused.dataset.said !== lines.join("\n")) {
          refused.dataset.said = lines.join("\n");
          refused.replaceChildren(...lines.map((line) => make("p", {}, line)));
        }
        return chosen;
      }).join(words.list_mark);
    },
  };
};

// Where it is narrow, a line says what is chosen, and each part of it opens what there is to choose over the answer.
const chooser = (place) => {
  const taken = () => { if (bar.checkVisibility()) toggle(""); };
  const parts = { measures: measureList(place, taken), parks: parkList(place), choices: choiceList(place) };
  const names = Object.keys(parts);
  const openers = names.map((name) => {
    parts[name].whole.id = newId(name);
    const opener = button("", () => toggle(whole.dataset.open === name ? "" : name), { class: "fold-opener", "data-part": name, "aria-controls": parts[name].whole.id, "aria-expanded": "false" });
    opener.append(make("span", { class: "part" }), make("span", { class: "said" }));
    return opener;
  });
  const bar = make("div", { class: "fold-bar" }, ...openers);
  const whole = make("div", { class: "left", role: "group" }, bar, ...names.map((name) => parts[name].whole));
  const toggle = (name, back = true) => {
    const was = whole.dataset.open || "";
    if (was === name) return;
    whole.dataset.open = name;
    openers.forEach((one) => one.setAttribute("aria-expanded", String(one.dataset.part === name)));
    if (!name && back) openers[names.indexOf(was)].focus();
    if (name) (parts[name].whole.querySelector("input:checked, input:not([type=radio])") || parts[name].whole.querySelector("input, select, button") || openers[names.indexOf(name)]).focus();
  };
  whole.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !whole.dataset.open) return;
    event.stopPropagation();
    toggle("");
  });
  const outside = (event) => { if (whole.dataset.open && !event.composedPath().includes(whole)) toggle("", false); };
  document.addEventListener("pointerdown", outside, true);
  whole.addEventListener("focusout", (event) => { if (leftBy(event, place, whole)) toggle("", false); });
  return {
    whole,
    draw: (left, words) => names.forEach((name, at) => {
      const said = parts[name].draw(left, words);
      const part = parts[name].title.textContent;
      put(openers[at].children[0], part);
      put(openers[at].children[1], said);
      openers[at].title = said;
      openers[at].setAttribute("aria-label", `${part}: ${said}`);
      openers[at].hidden = name === "choices" && !left.choices.length;
    }),
    stop: () => document.removeEventListener("pointerdown", outside, true),
  };
};

// What is chosen: a measure, parks, and the choices that act on the measure.
const measureList = (place) => {
  const title = make("h2", { id: newId("measures") });
  const list = make("div", { class: "pick measures-list", role: "radiogroup", "aria-labelledby": title.id });
  const whole = make("section", { class: "measures" }, title, list);
  let shape = "", rows = new Map();
  const name = newId("measure");
  const row = (item) => {
    const count = make("span", { class: "count" });
    const about = make("span", { class: "about", id: newId("about") }, make("span", { class: "what" }, item.about, " · "), count);
    const radio = make("input", { type: "radio", name, value: item.key, "aria-describedby": about.id });
    radio.addEventListener("change", () => place.send("set", { choice: { measure: item.key } }));
    const label = make("label", { class: "measure", title: item.about }, radio, make("span", { class: "name" }, item.name), about);
    rows.set(item.key, { radio, label, count });
    return label;
  };
  return {
    whole,
    draw: (left, words) => {
      put(title, words.measure);
      const now = JSON.stringify(left.measures.map((group) => [group.name, group.items.map((item) => [item.key, item.name, item.about])]));
      if (now !== shape) {
        const focused = place.root.activeElement && place.root.activeElement.name === name && place.root.activeElement.value;
        shape = now;
        rows = new Map();
        list.replaceChildren(...left.measures.filter((group) => group.items.length).map((group) => {
          const head = make("h3", { id: newId("group") }, group.name);
          return make("div", { role: "group", "aria-labelledby": head.id }, head, ...group.items.map(row));
        }));
        if (focused && rows.has(focused)) rows.get(focused).radio.focus();
      }
      left.measures.forEach((group) => group.items.forEach((item) => {
        const { radio, label, count } = rows.get(item.key);
        const turned = item.on && !radio.checked;
        radio.checked = item.on;
        label.classList.toggle("none-there", !item.there);
        put(count, item.count);
        if (turned) requestAnimationFrame(() => reveal(label, list));
      }));
    },
  };
};
// Scrolls a list so that a line of it is seen, and nothing around it.
const reveal = (line, list) => {
  const [inner, outer] = [line.getBoundingClientRect(), list.getBoundingClientRect()];
  if (inner.top < outer.top + 24) list.scrollTop += inner.top - outer.top - 40;
  else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom + 8;
};

const NONE = "none";
const parkList = (place) => {
  const title = make("h2");
  const count = make("output");
  const field = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const [every, none] = [button("", () => choose(() => true)), button("", () => choose(() => false))];
  const groups = make("select");
  const [core, context] = [make("div", { class: "core" }), make("div", { class: "context" })];
  const beside = make("h3", { id: newId("context") });
  context.setAttribute("role", "group");
  context.setAttribute("aria-labelledby", beside.id);
  const nothing = make("p", { class: "no-match", hidden: true });
  const list = make("div", { class: "pick parks-list", role: "group" }, core, beside, context, nothing);
  const tools = make("div", { class: "line" }, every, none, groups);
  const whole = make("section", { class: "park-choice" }, make("div", { class: "line" }, title, count), field, tools, list);
  let shape = "", rows = new Map(), words = {}, groupShape = "";
  // What is sent: nothing for all core parks, else the ids; the checks are what the reader sees, also while an answer is awaited.
  const send = () => {
    const boxes = [...rows.values()];
    const on = boxes.filter(({ box }) => box.checked);
    const cores = boxes.filter(({ park }) => park.role === "core");
    const all = on.length === cores.length && on.every(({ park }) => park.role === "core");
    place.send("set", { choice: { parks: all ? "" : on.map(({ park }) => park.id).join(",") || NONE } });
    told();
  };
  const choose = (test) => {
    rows.forEach(({ box, park }) => { box.checked = test(park) && park.role === "core"; });
    send();
  };
  const told = () => {
    const boxes = [...rows.values()].filter(({ park }) => park.role === "core");
    put(count, fill(words.parks_chosen, { n: boxes.filter(({ box }) => box.checked).length, all: boxes.length }));
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
    beside.hidden = !context.children.length || ![...context.children].some((one) => !one.hidden);
    return left;
  };
  field.addEventListener("input", () => place.say(fill(words.parks_found, { n: filter() })));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const seen = [...rows.values()].filter(({ label }) => !label.hidden);
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
    const seen = [...rows.values()].filter(({ label }) => !label.hidden).map(({ box }) => box);
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
    whole,
    draw: (left, all) => {
      words = all;
      put(title, words.parks);
      put(every, words.parks_all);
      put(none, words.parks_none);
      put(beside, words.parks_context);
      put(nothing, words.parks_not_found);
      field.placeholder = words.parks_search;
      field.setAttribute("aria-label", words.parks_search);
      list.setAttribute("aria-label", words.parks);
      groups.setAttribute("aria-label", words.parks_group);
      const now = JSON.stringify(left.parks.map(({ id, name, colour, role }) => [id, name, colour, role]));
      if (now !== shape) {
        shape = now;
        const same = left.parks.length === rows.size && left.parks.every(({ id }) => rows.has(id));
        if (!same) field.value = ""; // other data: what was looked for is of the parks before
        rows = new Map();
        const lines = left.parks.map((park) => [park, row(park)]);
        core.replaceChildren(...lines.filter(([park]) => park.role === "core").map(([, line]) => line));
        context.replaceChildren(...lines.filter(([park]) => park.role !== "core").map(([, line]) => line));
        rows.forEach(({ box }) => { box.tabIndex = -1; });
        standing = null;
        if (rows.size) stop(rows.values().next().value.box);
        filter();
        list.scrollTop = 0;
      }
      left.parks.forEach((park) => {
        const { box, label, why } = rows.get(park.id);
        if (box.checked !== park.on) box.checked = park.on;
        put(why, park.role === "core" ? park.why || "" : "");
        label.classList.toggle("none-there", Boolean(park.why));
      });
      const offered = JSON.stringify(left.groups);
      if (offered !== groupShape) {
        groupShape = offered;
        groups.replaceChildren(make("option", { value: "" }, words.parks_group), ...left.groups.map(({ value, name, n }) => make("option", { value }, fill(words.parks_group_of, { name, n }))));
      }
      groups.hidden = !left.groups.length;
      const held = left.groups.find(({ value }) => value === left.group);
      groups.value = held ? held.value : "";
      told();
    },
  };
};

const choiceList = (place) => {
  const whole = make("section", { class: "choices" });
  let shape = "";
  const draw = (choice, words) => {
    const legend = make("legend", {}, choice.label);
    const refused = make("div", { class: "refused", id: newId("refused") });
    const name = newId(choice.name);
    const options = choice.values.map((value) => {
      const radio = make("input", { type: "radio", name, value: value.value, "data-choice": choice.name });
      radio.addEventListener("change", () => place.send("set", { choice: { [choice.name]: value.value } }));
      return make("label", {}, radio, make("span", {}, value.name));
    });
    return make("fieldset", { "data-choice": choice.name, "aria-describedby": refused.id }, legend, make("div", { class: "options" }, ...options), refused);
  };
  return {
    whole,
    draw: (left, words) => {
      whole.setAttribute("aria-label", words.choices);
      const now = JSON.stringify(left.choices.map(({ name, label, values }) => [name, label, values.map((one) => [one.value, one.name])]));
      if (now !== shape) {
        shape = now;
        const focused = place.root.activeElement && place.root.activeElement.dataset && place.root.activeElement.dataset.choice;
        const value = focused && place.root.activeElement.value;
        whole.replaceChildren(...left.choices.map(draw));
        if (!left.choices.length) whole.replaceChildren(make("p", { class: "quiet" }, words.no_choices));
        if (focused) {
          const again = [...whole.querySelectorAll("input")].find((one) => one.dataset.choice === focused && one.value === value);
          if (again) again.focus();
        }
      }
      left.choices.forEach((choice) => {
        const set = [...whole.children].find((one) => one.dataset.choice === choice.name);
        const radios = [...set.querySelectorAll("input")];
        const rules = new Map();
        choice.values.forEach((value, place) => {
          radios[place].checked = value.on;
          radios[place].disabled = Boolean(value.why);
          if (value.why) rules.set(value.why, [...(rules.get(value.why) || []), value.name]);
        });
        const lines = [...rules].map(([why, names]) => fill(words.refused, { names: names.join(words.list_mark), why }));
        const refused = set.querySelector(".refused");
        if (refused.dataset.said !== lines.join("\n")) {
          refused.dataset.said = lines.join("\n");
          refused.replaceChildren(...lines.map((line) => make("p", {}, line)));
        }
      });
    },
  };
};

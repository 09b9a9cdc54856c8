// The question: what can be asked, found by its words; a combobox whose list the arrow keys walk through.
const MOST_FOUND = 40;
const questionBox = (place, taking, help) => {
  const list = make("ul", { role: "listbox", id: newId("found"), class: "found", hidden: true });
  const field = make("input", {
    type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off", spellcheck: "false", class: "ask",
  });
  const hint = make("kbd", { "aria-hidden": "true" }, "/");
  const whole = make("div", { class: "question" }, field, hint, list);
  let asked = [], called = [], words = {}, at = -1, figures = { text: "", questions: [], note: "" };
  const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (to) => {
    const found = options();
    if (!found.length) return;
    at = (to + found.length) % found.length;
    found.forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
    field.setAttribute("aria-activedescendant", found[at].id);
    found[at].scrollIntoView({ block: "nearest" });
  };
  const take = (id) => {
    close();
    field.value = "";
    taking();
    place.send("take", { question: id });
  };
  const found = () => {
    const wanted = plainly(field.value.trim());
    const rank = ({ text, more, also, leads }) => [text === wanted, leads.includes(`|${wanted}|`), text.startsWith(wanted), holds(text, wanted), holds(`${text} ${more}`, wanted), holds(also, wanted)].indexOf(true);
    const every = called.map((one, place) => [wanted ? rank(one) : 0, place]).filter(([rank]) => rank >= 0);
    return every.sort(([a], [b]) => a - b).map(([, place]) => asked[place]);
  };
  const show = () => {
    const text = field.value.trim();
    const told = text && figures.text === text ? figures : { questions: [], note: "" }; // figures that texts print, what plain words ask for
    const there = new Set(told.questions.map(({ id }) => id));
    const left = [...told.questions, ...found().filter(({ id }) => !there.has(id))];
    list.replaceChildren(...left.slice(0, MOST_FOUND).map((one) => make(
      "li", { role: "option", id: newId("question"), "aria-selected": "false", "data-id": one.id },
      make("span", { class: "kind" }, one.called), make("span", { class: "what" }, one.text), make("span", { class: "more" }, one.more || ""))));
    const note = told.note || (left.length ? "" : words.ask_none);
    if (note) list.prepend(make("li", { class: "no-match", role: "option", "aria-disabled": "true", "aria-selected": "false" }, note));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    at = -1;
    field.removeAttribute("aria-activedescendant");
    if (left.length && field.value.trim()) mark(0);
    place.say([note, left.length ? fill(words.ask_found, { n: left.length }) : ""].filter(Boolean).join(" "));
  };
  field.addEventListener("input", () => {
    const text = field.value.trim();
    if ((text.length > 1 || /\d/.test(text)) && text !== figures.text) place.send("figures", { text });
    show();
  });
  field.addEventListener("focus", () => field.select());
  field.addEventListener("click", () => { if (list.hidden) show(); });
  field.addEventListener("blur", () => { // what was not taken does not stay, as if it were what is shown
    close();
    field.value = "";
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const one = event.target.closest("[data-id]");
    if (one) take(one.dataset.id);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !field.value) return event.preventDefault(); // which leads here
    if (asksHelp(event) && !field.value) {
      event.preventDefault();
      return help();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) show();
      mark(at < 0 && step < 0 ? -1 : at + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const one = options()[Math.max(at, 0)];
      if (list.hidden) show();
      else if (one && one.dataset.id) take(one.dataset.id);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      field.value = "";
      close();
    }
  });
  return {
    whole, field,
    found: (now) => {
      figures = now;
      if (!list.hidden && now.text && now.text === field.value.trim() && (now.questions.length || now.note)) show();
    },
    draw: (top) => {
      if (top.questions !== asked) called = top.questions.map(({ text, more, also, leads }) => ({ leads: leads || "", text: plainly(text), more: plainly(more), also: plainly(`${text} ${also || ""}`) }));
      asked = top.questions;
      words = top.words;
      field.placeholder = words.ask;
      field.setAttribute("aria-label", words.ask_label);
      list.setAttribute("aria-label", words.ask_label);
    },
  };
};

// The data: which they are, their faults with what to do, another folder, and a look at the files as they are now.
const dataBox = (place) => {
  const inside = make("div", { class: "data" });
  const name = make("span", { class: "data-name" });
  const badge = make("span", { class: "badge", hidden: true });
  const box = popup(place, name, inside, { class: "data-opener" });
  box.opener.append(badge);
  const field = make("input", { type: "text", id: newId("folder"), autocomplete: "off", spellcheck: "false" });
  const refused = make("p", { class: "refused-here", id: newId("refused"), role: "alert", hidden: true });
  field.setAttribute("aria-describedby", refused.id);
  let taking = false;
  const go = () => {
    taking = true;
    place.send("data", { folder: field.value });
  };
  const replied = (reply) => { // what is wrong with a folder is said where it was written
    if (!taking) return;
    taking = false;
    refused.hidden = !reply.error;
    put(refused, reply.error ? refusal(reply) : "");
    if (reply.error) place.trouble("");
  };
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    go();
  });
  const label = make("label", { for: field.id });
  const [open, again, shipped] = [button("", go), button("", () => place.send("check")), button("", () => { field.value = ""; place.send("data", { folder: "" }); })];
  const moved = make("p", { class: "moved" });
  const files = make("div", { class: "told" });
  const found = make("div", { class: "faults" });
  inside.append(label, make("div", { class: "line" }, field, open), refused, make("div", { class: "line" }, again, shipped), moved, found, files);
  const listed = (title, every) => !every.length ? [] : [make("h3", {}, title), make("ol", {}, ...every.slice(0, 200).map((one) => make(
    "li", {}, make("code", {}, one.where), " ", one.what, make("span", { class: "advice" }, one.advice))))];
  let was = null;
  return {
    ...box, replied,
    draw: (top) => {
      const { data, words } = top;
      put(name, fill(words.data_of, { name: data.name }));
      const [faults, warnings] = [data.faults, data.warnings];
      badge.hidden = !faults.length && !warnings.length && !data.moved;
      badge.className = `badge ${faults.length || data.moved ? "bad" : ""}`;
      const counts = fill(data.fault_count === 1 ? words.fault_one : words.fault_many, { n: data.fault_count });
      const less = fill(data.warning_count === 1 ? words.warning_one : words.warning_many, { n: data.warning_count });
      put(badge, faults.length ? counts : data.moved ? words.data_changed : less);
      put(label, words.folder);
      put(open, words.folder_open);
      put(again, words.check_again);
      put(shipped, words.shipped_again);
      shipped.hidden = !data.folder;
      put(moved, data.moved || "");
      if (was === data) return;
      if (!was || was.folder !== data.folder) field.value = data.folder;
      was = data;
      const none = [...(data.left_out ? [make("p", {}, data.left_out)] : []), make("p", {}, faults.length || warnings.length ? words.faults_own : words.no_faults)];
      found.replaceChildren(...none, ...listed(counts, faults), ...listed(less, warnings), ...(data.more ? [make("p", {}, data.more)] : []));
      files.replaceChildren(...(data.files || []).map((line) => make("p", {}, line)), make("p", {}, fill(words.edition, { edition: data.edition })));
    },
  };
};

// The keys, in a list of their own.
const asksHelp = (event) => (event.key === "?" || event.key === "？") && !event.ctrlKey && !event.metaKey && !event.altKey;
const KEYS = [["?", "list"], ["/", "ask"], ["Ctrl+Z", "undo", "Ctrl+Shift+Z"], ["Tab", "tab", "Shift+Tab"], ["← ↑ → ↓", "walk"], ["Space", "space"], ["Enter", "open"], ["Esc", "escape"]];
const keysBox = (place) => {
  const list = make("dl", { class: "keys" });
  const box = popup(place, "?", list, { class: "keys-opener" });
  return {
    ...box,
    draw: ({ words }) => {
      box.opener.setAttribute("aria-label", words.keys);
      box.opener.title = words.keys;
      box.box.setAttribute("aria-label", words.keys);
      list.replaceChildren(...KEYS.flatMap(([key, name, other]) => [
        make("dt", {}, make("kbd", {}, key), ...(other ? [" ", make("kbd", {}, other)] : [])), make("dd", {}, words[`keys_${name}`])]));
    },
  };
};

const languages = (place) => {
  const whole = make("div", { class: "langs", role: "group" });
  return {
    whole,
    draw: (top) => {
      whole.setAttribute("aria-label", top.words.language);
      const shown = [...whole.children].map((one) => one.value).join();
      if (shown !== top.langs.map((one) => one.value).join()) {
        whole.replaceChildren(...top.langs.map(({ value, name }) => button(name, () => place.send("set", { choice: { lang: value } }), { value, lang: value === "zh" ? "zh-Hans" : value })));
      }
      [...whole.children].forEach((one) => one.setAttribute("aria-pressed", String(one.value === top.lang)));
    },
  };
};

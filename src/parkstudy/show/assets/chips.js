// What picks parks out: a button each, or of more than a screen holds a field that finds one.
const MANY = 12; // parks that have a button each
const picker = (tools) => {
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
      const close = (text) => text.replace(/\s+/g, ""); // a Chinese name is typed without its space
      const has = (name) => asked.split(/\s+/).every((word) => name.includes(word)) || close(name).includes(close(asked));
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
};
if (some) dim();

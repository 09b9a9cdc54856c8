// The parameters that exhibits obey; every exhibit of the root follows.
const chosen = {};
const choices = (state) => Object.fromEntries(state.dataset.when.split(" ").filter(Boolean).map((pair) => pair.split("=")));
const switched = () => all(".exhibit[data-axes]");
const axesOf = (exhibit) => JSON.parse(exhibit.dataset.axes);
const follow = () => {
  switched().forEach(show);
  settle();
};
const show = (exhibit) => {
  const states = all(":scope > .state", exhibit);
  const fits = (state) => Object.entries(choices(state)).every(([name, value]) => chosen[name] === value);
  const own = states.find(fits) || states.find((state) => !state.hidden);
  states.forEach((state) => { state.hidden = state !== own; });
  const shown = choices(own);
  all("input[type=radio][data-axis]", exhibit).forEach((radio) => { radio.checked = shown[radio.dataset.axis] === radio.value; });
};
const obeying = (name) => switched().filter((exhibit) => axesOf(exhibit).some((axis) => axis[0] === name));
// What scrolls an element: the window, or in a notebook a box around it.
const scroller = (element) => {
  for (let box = element.parentElement || holder; box && root.host; box = box.parentElement) {
    if (box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  }
  return window;
};
// An element stays where it is on the screen, whatever grows or shrinks above it.
const staying = (element, act) => {
  const top = element.getBoundingClientRect().top;
  act();
  scroller(root.host || element).scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
};
switched().forEach((exhibit) => {
  const first = choices(exhibit.querySelector(":scope > .state:not([hidden])"));
  Object.entries(first).forEach(([name, value]) => { chosen[name] = chosen[name] || value; });
  const tools = add("div", { class: "switches" });
  axesOf(exhibit).forEach(([name, label, values]) => {
    const set = make("fieldset", {}, make("legend", {}, label));
    values.forEach(([value, text]) => {
      const radio = make("input", { type: "radio", name: exhibit.id + "-" + name, value, "data-axis": name });
      radio.checked = first[name] === value;
      radio.addEventListener("change", () => {
        let elsewhere = 0;
        staying(exhibit, () => {
          chosen[name] = value;
          follow();
          elsewhere = changed(name);
        });
        announce(say(words.follows, { label, value: text, n: obeying(name).length + elsewhere }));
      });
      set.append(make("label", {}, radio, make("span", {}, text)));
    });
    tools.append(set);
  });
  const next = all(".exhibit")[all(".exhibit").indexOf(exhibit) + 1];
  if (!exhibit.querySelector(".takeaways")) exhibit.prepend(tools);
  else if (!next || next.dataset.axes !== exhibit.dataset.axes) exhibit.append(tools); // else the picture below has the same
});

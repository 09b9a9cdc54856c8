// The drawer: what stands behind a number or a mark. Escape closes it and gives the focus back to where it was opened.
const drawerBox = (place, focusBack) => {
  const title = make("h2", { tabindex: "-1", id: newId("drawer") });
  const back = button("", () => back.act());
  const close = button("", () => shut());
  const inside = make("div", { class: "drawer-inside exhibit", tabindex: "0" });
  const whole = make("aside", { class: "drawer", hidden: true, role: "region", "aria-labelledby": title.id }, make("div", { class: "drawer-head" }, title, back, close), inside);
  let opener = null, trail = [], shown = "";
  const open = (key, element) => {
    const nested = element && whole.contains(element);
    if (!nested && whole.hidden) trail = [];
    if (nested) trail.push(shown);
    else opener = element && { element, key };
    place.send("open", { key });
  };
  back.act = () => { const key = trail.pop(); if (key) place.send("open", { key }); };
  const shut = () => {
    if (whole.hidden) return;
    whole.hidden = true;
    shown = "";
    trail = [];
    place.send("open", { key: "" });
    focusBack(opener);
  };
  whole.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    shut();
  });
  return {
    whole, open, shut,
    draw: (drawer, words) => {
      put(close, words.close);
      put(back, words.back);
      back.hidden = !trail.length;
      if (drawer.key === shown && drawer.html === inside.dataset.html) return false;
      const fresh = drawer.key && drawer.key !== shown;
      shown = drawer.key;
      whole.hidden = !drawer.key;
      if (!drawer.key) return false;
      put(title, drawer.title);
      inside.innerHTML = drawer.html;
      inside.setAttribute("aria-label", drawer.title);
      inside.scrollTop = 0;
      requestAnimationFrame(() => whole.scrollIntoView({ block: "nearest", inline: "nearest" })); // where the notebook is lower than the screen
      if (fresh && place.root.contains(place.root.activeElement)) title.focus({ preventScroll: true });
      return true;
    },
  };
};

// The font of the drawings: a face can only be declared in the document.
const declared = new Set();
const declare = (css) => {
  if (!css || declared.has(css)) return;
  declared.add(css);
  document.head.append(make("style", {}, css));
};

// The whole: its parts in their places, the keys that act everywhere in it, and the script of the pages over what is shown.
const laid = (panels) => { // of parks that are many those that changed are sent
  const { left } = panels;
  if (!left || !left.changed) return;
  const now = new Map(left.changed.map((park) => [park.id, park]));
  left.parks = left.parks.map((park) => (now.has(park.id) ? { ...park, ...now.get(park.id) } : park));
  delete left.changed;
};
const options = { soon: ["view"], last: ["set", "tab", "open", "pick", "figures", "fit"], laid, seen: () => seenViews() };
const ARRIVES = 40; // looks, in ten seconds, whether the keys are here
const screen = (place) => {
  const [langs, data, keys] = [languages(place), dataBox(place), keysBox(place)];
  const question = questionBox(place, () => answer.turn(""), () => keys.toggle(true));
  const chosen = chooser(place);
  const answer = answerBox(place);
  const drawer = drawerBox(place, (opener) => {
    const kind = opener && opener.element.matches("[data-mark]") ? "[data-mark]" : "[data-opens]:not([tabindex='-1'])";
    const there = opener && opener.element.isConnected ? opener.element : opener && [...answer.whole.querySelectorAll(kind)].find((one) => one.dataset.opens === opener.key);
    (there && there.matches(kind) ? there : answer.view).focus({ preventScroll: true });
  });
  const bottom = bottomBar(place);
  const shelf = keptShelf(place, answer.shelf, answer.turn);
  place.body.className = "body explorer";
  place.body.append(
    make("div", { class: "top" }, question.whole, langs.whole, data.whole, keys.whole),
    chosen.whole, answer.whole, drawer.whole, bottom.whole);
  const relight = pairing(place.root, answer.view);

  place.root.addEventListener("keydown", (event) => {
    const [command, key] = [event.ctrlKey || event.metaKey, event.key.toLowerCase()];
    if (event.key === "/" && !command && !event.altKey && !typing(event.target)) {
      event.preventDefault();
      question.field.focus();
    } else if (asksHelp(event) && !typing(event.target)) {
      event.preventDefault();
      keys.toggle(true);
    } else if (command && !event.altKey && (key === "z" || key === "y") && !(typing(event.target) && event.target.value)) { // an empty box has nothing to undo
      event.preventDefault();
      place.send(key === "y" || event.shiftKey ? "redo" : "undo");
    } else if (event.key === "Escape" && !event.defaultPrevented) drawer.shut();
  });

  // The height there is: that of the box in which the notebook scrolls, so that control and answer are in sight together.
  const fit = () => {
    let room = innerHeight;
    for (let box = place.host.parentElement; box && box !== document.body; box = box.parentElement) { // the outermost: inner ones grow with us
      if (/auto|scroll/.test(getComputedStyle(box).overflowY) && box.clientHeight > 200 && box.clientHeight <= innerHeight) room = box.clientHeight;
    }
    const own = `${room - 28}px`;
    if (place.host.style.getPropertyValue("--room") !== own) place.host.style.setProperty("--room", own);
  };
  // A new explorer comes into sight as a whole, and has the keys: the cell above it has just been run. JupyterLab takes them for the
  // notebook while it opens it; who does anything meanwhile, or writes elsewhere, keeps them.
  let theirs = false;
  const hands = ["pointerdown", "keydown", "wheel"], touched = () => { theirs = true; };
  hands.forEach((type) => addEventListener(type, touched, { capture: true, passive: true }));
  const writing = () => (document.activeElement || document.body).closest("input, textarea, select, [contenteditable=true]");
  const arrive = (times) => setTimeout(() => {
    if (theirs || !times) return;
    fit();
    if (place.host.isConnected && place.host.closest(".jp-Notebook") && !place.root.activeElement && !writing()) {
      place.host.scrollIntoView({ block: "start", behavior: "instant" });
      question.field.focus({ preventScroll: true });
    }
    arrive(times - 1);
  }, times === ARRIVES ? 60 : 250);
  const sizes = new ResizeObserver(fit);
  sizes.observe(place.host);
  addEventListener("resize", fit);
  arrive(ARRIVES);

  // Marks can be reached by keys too: those of a figure have one tab stop, as the numbers of a table have.
  let off = null;
  const picked = new Set();
  answer.view.addEventListener("keydown", (event) => {
    const mark = event.target.closest("[data-mark]");
    if (!mark || !(event.key === "Enter" || event.key === " ")) return;
    event.preventDefault();
    drawer.open(mark.dataset.opens, mark);
  });
  const enliven = (facts, stem) => {
    if (off) off();
    if (stem) answer.view.querySelectorAll(":scope > .exhibit").forEach((exhibit) => { exhibit.id = stem; }); // a picture is named as the other files of the view are
    place.root.querySelectorAll(".state:has(.chart svg):not(:has(.files))").forEach((state) => state.append(make("p", { class: "files" }))); // for the page's buttons
    const made = alive(place.root, { ...facts, open: drawer.open });
    off = (made && made.off) || null;
  };
  return {
    draw: (panels, changed, reply) => {
      (panels.faces || []).forEach(declare);
      const { words } = panels.top;
      const lang = panels.top.lang === "zh" ? "zh-Hans" : panels.top.lang;
      if (place.host.lang !== lang) place.host.lang = lang; // which styles all anew
      if (changed.includes("top")) [question, langs, data, keys].forEach((part) => part.draw(panels.top));
      if (changed.some((name) => ["left", "top"].includes(name)) || reply.error) chosen.draw(panels.left, words);
      if (changed.some((name) => ["view", "bottom", "top"].includes(name)) || reply.error) answer.draw(panels, { words });
      if (changed.includes("found") && panels.found) question.found(panels.found);
      const kept = changed.some((name) => ["bottom", "top"].includes(name)) && shelf.draw(panels.bottom, words);
      const opened = panels.drawer && drawer.draw(panels.drawer, words);
      if (changed.some((name) => ["bottom", "top", "view"].includes(name))) bottom.draw(panels.bottom, words);
      bottom.replied(reply);
      data.replied(reply);
      if (changed.some((name) => ["view", "facts"].includes(name)) || kept || opened) {
        enliven({ ...panels.facts, face: (panels.faces || []).join("") },
          ((panels.bottom.files[0] || {}).name || "").replace(/\.[^.]*$/, ""));
        if (changed.includes("view")) {
          keyedMarks(answer.view);
          answer.refocus();
          pickBoxes(place, answer.view, panels, picked);
          relight();
        }
      }
      if (reply.file) saved(reply.file).catch((error) => place.trouble(place.words().unsaved, String(error)));
    },
    stop: () => {
      if (off) off();
      theirs = true;
      hands.forEach((type) => removeEventListener(type, touched, { capture: true }));
      sizes.disconnect();
      removeEventListener("resize", fit);
      [data, keys, bottom, chosen, answer].forEach((part) => part.stop());
    },
  };
};

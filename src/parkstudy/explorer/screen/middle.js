// The answer: the sentence that holds, the variants of the decision, and the view as figure, table, variants or audit.
const variantStrip = (place) => {
  const label = make("span", { class: "strip-label", id: newId("strip") });
  const line = make("div", { class: "strip-line", role: "toolbar", "aria-labelledby": label.id });
  const why = make("p", { class: "strip-why", id: newId("why"), role: "status" });
  const whole = make("div", { class: "strip", hidden: true }, label, line, why);
  const settle = roving(line, "button");
  let shape = "", strip = [], seen = -1, was = "";
  const along = (one) => requestAnimationFrame(() => { // scrolls the strip alone, until the chosen variant is seen
    const [inner, outer] = [one.getBoundingClientRect(), line.getBoundingClientRect()];
    if (inner.left < outer.left) line.scrollLeft += inner.left - outer.left - 24;
    else if (inner.right > outer.right) line.scrollLeft += inner.right - outer.right + 24;
  });
  const ends = () => { // whether there is more at either side
    whole.classList.toggle("before", line.scrollLeft > 4);
    whole.classList.toggle("after", line.scrollLeft + line.clientWidth < line.scrollWidth - 4);
  };
  line.addEventListener("scroll", ends, { passive: true });
  new ResizeObserver(ends).observe(line);
  const tell = (at) => put(why, at >= 0 && strip[at] ? [strip[at].label, strip[at].words, strip[at].note, strip[at].why].filter(Boolean).join(" · ") : "");
  const placeOf = (event) => [...line.children].indexOf(event.target.closest("button"));
  line.addEventListener("focusin", (event) => tell(placeOf(event)));
  line.addEventListener("pointerover", (event) => tell(placeOf(event)));
  line.addEventListener("pointerleave", () => tell([...line.children].findIndex((one) => one === place.root.activeElement)));
  line.addEventListener("focusout", () => tell(-1));
  line.addEventListener("click", (event) => {
    const one = strip[placeOf(event)];
    if (one && one.why) place.say(one.why);
    else if (one) place.send("set", { choice: one.choice });
  });
  return {
    whole,
    draw: (view, words) => {
      strip = view.strip || [];
      whole.hidden = !strip.length;
      put(label, `${words.strip} (${strip.length})`);
      const now = JSON.stringify(strip.map((one) => [one.label, one.choice]));
      if (now !== shape) {
        shape = now;
        line.replaceChildren(...strip.map((one) => make("button", { type: "button" }, make("span", { class: "which" }), make("span", { class: "verdict" }))));
      }
      strip.forEach((one, at) => {
        const own = line.children[at];
        put(own.firstChild, one.label);
        put(own.lastChild, one.words);
        own.className = `variant ${one.verdict || ""}`;
        own.setAttribute("aria-pressed", String(Boolean(one.on)));
        own.setAttribute("aria-disabled", String(Boolean(one.why)));
      });
      settle();
      requestAnimationFrame(ends);
      const on = strip.findIndex((one) => one.on);
      if (on >= 0 && (on !== seen || now !== was)) along(line.children[on]);
      [seen, was] = [on, now];
    },
  };
};

const ROOM = 1026; // pixels of an answer, for which it is drawn at first
const drawnFor = (width) => (width < 600 ? 0 : Math.min(860, Math.floor(width / 50) * 50));
const KEPT = "kept"; // the tab of what is kept, which is no form of this view
const answerBox = (place, bottom) => {
  const sentence = make("div", { class: "exhibit holds" });
  const stated = make("div", { class: "exhibit stated", hidden: true });
  const instead = make("p", { class: "instead", hidden: true });
  const strip = variantStrip(place);
  const tabs = make("div", { class: "tabs", role: "tablist" });
  const view = make("div", { class: "view", role: "tabpanel", id: newId("view"), tabindex: "0" });
  const shelf = make("div", { class: "view shelf", role: "tabpanel", id: newId("shelf"), tabindex: "0", hidden: true });
  const whole = make("div", { class: "middle" }, make("div", { class: "head" }, stated, instead, sentence, strip.whole, tabs), view, shelf);
  let shape = "", shown = "", kept = false, html = null, said = null, key = null, judged = "";
  const turn = (value) => {
    kept = value === KEPT;
    view.hidden = kept;
    shelf.hidden = !kept;
    [...tabs.children].forEach((one) => {
      const on = one.value === (kept ? KEPT : shown);
      one.setAttribute("aria-selected", String(on));
      one.tabIndex = on ? 0 : -1;
    });
  };
  const choose = (one) => {
    const was = shown;
    if (one.value !== KEPT) shown = one.value;
    turn(one.value);
    const [all, head] = [whole, whole.firstChild].map((box) => box.getBoundingClientRect());
    if (whole.scrollHeight > whole.clientHeight) whole.scrollTop += head.bottom - tabs.offsetHeight - all.top; // the form that is asked for, not the words again
    if (one.value === KEPT) return;
    if (was !== shown) place.send("tab", { tab: one.value });
  };
  tabs.addEventListener("click", (event) => {
    const one = event.target.closest("[role=tab]");
    if (one) choose(one);
  });
  roving(tabs, "[role=tab]", choose);
  // A view that is drawn again keeps the focus where it was, at the same number or at the whole.
  let lost = ""; // the key of a mark that had the focus: those of a new drawing are reached by keys once it is alive
  const refocus = () => {
    const again = lost && place.root.activeElement === view && [...view.querySelectorAll("[data-mark]")].find((one) => one.dataset.opens === lost);
    lost = "";
    if (again) again.focus({ preventScroll: true });
  };
  const keeping = (box, act) => {
    const focused = place.root.activeElement;
    const inside = focused && box.contains(focused) && focused !== box;
    const key = inside && focused.dataset.opens;
    if (inside && focused.matches("[data-mark]")) lost = key;
    act();
    if (!inside) return;
    const again = key && [...box.querySelectorAll("[data-opens]")].find((one) => one.dataset.opens === key && one.tabIndex >= 0);
    (again || box).focus({ preventScroll: true });
  };
  const draw = (panels, { words }) => {
    const now = panels.view;
    if (now.sentence !== said || panels.bottom.key !== key || (now.stated || "") !== judged) kept = false; // another view is asked for, and seen
    key = panels.bottom.key;
    if ((now.stated || "") !== judged) {
      judged = now.stated || "";
      stated.hidden = !judged;
      stated.innerHTML = judged && `<div class="state"><p>${judged}</p></div>`;
    }
    if (now.sentence !== said) {
      said = now.sentence;
      sentence.innerHTML = '<div class="state"><p class="claim"></p></div>';
      sentence.querySelector("p").innerHTML = now.sentence;
    }
    instead.hidden = !now.instead;
    put(instead, now.instead || "");
    strip.draw(now, words);
    shown = now.tab;
    const keptCount = panels.bottom.kept.length;
    const every = [...now.tabs, ...(keptCount ? [{ value: KEPT, name: words.kept, count: keptCount }] : [])];
    const names = JSON.stringify(every.map(({ value }) => value));
    if (names !== shape) {
      shape = names;
      const had = place.root.activeElement && place.root.activeElement.matches("[role=tab]") && place.root.activeElement.value;
      tabs.replaceChildren(...every.map(({ value }) => make(
        "button", { type: "button", role: "tab", value, id: newId("tab"), "aria-controls": value === KEPT ? shelf.id : view.id },
        make("span", { class: "tab-name" }), " ", make("span", { class: "tab-count" }))));
      const again = [...tabs.children].find((one) => one.value === had);
      if (again) again.focus();
    }
    every.forEach(({ name, count }, at) => {
      put(tabs.children[at].firstChild, name);
      put(tabs.children[at].lastChild, count || count === 0 ? String(count) : "");
    });
    tabs.setAttribute("aria-label", words.tabs);
    const body = now.empty && !now.html ? "" : now.html;
    turn(kept && keptCount && (body || body === html) ? KEPT : shown); // why there is no view is seen
    const label = [...tabs.children].find((one) => one.value === shown);
    if (label) view.setAttribute("aria-labelledby", label.id);
    else view.setAttribute("aria-label", words.tabs);
    if (body !== html) {
      html = body;
      keeping(view, () => {
        view.innerHTML = body;
        requestAnimationFrame(() => { view.scrollTop = 0; }); // at once it would have all laid out, before all is drawn
      });
    }
  };
  // A drawing is made for the width that there is: when that changes for good, the kernel is told.
  let wide = ROOM, waiting = 0;
  const widths = new ResizeObserver(([{ contentRect: { width } }]) => {
    clearTimeout(waiting);
    if (width && drawnFor(width) !== drawnFor(wide)) waiting = setTimeout(() => place.send("fit", { width: wide = width }), 120);
  });
  widths.observe(whole);
  return { whole, view, shelf, tabs, sentence, draw, turn, refocus, stop: () => { clearTimeout(waiting); widths.disconnect(); } };
};

// Views that are kept, side by side, each with what brings it back or lets it go.
const keptShelf = (place, shelf, turn) => {
  let shape = "";
  return {
    draw: (bottom, words) => {
      const now = JSON.stringify([bottom.kept, words.kept_back]);
      if (now === shape) return false;
      shape = now;
      const focused = shelf.contains(place.root.activeElement);
      shelf.setAttribute("aria-label", words.kept);
      shelf.replaceChildren(...bottom.kept.map((one, at) => {
        const shown = make("div", { class: "kept-view" });
        const told = make("div");
        told.innerHTML = one.sentence;
        const [first, ...rest] = [...told.querySelectorAll(":scope > .sentence")].map((said) => said.outerHTML);
        const claim = (inside) => (inside ? `<div class="exhibit holds"><div class="state"><p class="claim">${inside}</p></div></div>` : "");
        shown.innerHTML = claim(first) + one.html + claim(rest.length > 0 && `<span></span>${rest.join(" ")}`); // what is seen side by side comes first
        const tools = make("div", { class: "line" }, make("h3", {}, one.title),
          button(words.kept_back, () => { turn(""); place.send("paste", { key: one.key }); }, { "aria-label": `${words.kept_back}: ${one.title}` }),
          button(words.kept_drop, () => place.send("drop", { at }), { "aria-label": `${words.kept_drop}: ${one.title}` }));
        return make("section", { class: "kept-one", "aria-label": one.title }, tools, shown);
      }));
      shelf.className = `view shelf of-${bottom.kept.length}`;
      if (focused) shelf.focus();
      return true;
    },
  };
};

// Marks of a drawing are reached by keys, one tab stop for all of them, and say what they stand for.
const keyedMarks = (view) => {
  view.querySelectorAll(".chart svg").forEach((svg) => {
    const first = new Map();
    svg.querySelectorAll("[data-opens]").forEach((mark) => { if (mark.dataset.opens && !first.has(mark.dataset.opens)) first.set(mark.dataset.opens, mark); });
    if (!first.size) return;
    svg.setAttribute("role", "group");
    svg.setAttribute("tabindex", "-1");
    first.forEach((mark, key) => {
      mark.setAttribute("role", "button");
      mark.setAttribute("data-mark", "");
      mark.setAttribute("tabindex", "-1");
      mark.setAttribute("aria-label", said(mark, svg));
    });
    roving(svg, "[data-mark]")();
  });
};
// The name of a mark: the words of the drawing that belong to the same number, or to its park and no other number.
const said = (mark, svg) => {
  const ofOther = (one) => { const of = one.closest("[data-opens]"); return of && of.dataset.opens !== mark.dataset.opens; };
  const own = (selector) => [...svg.querySelectorAll(selector)].filter((one) => !ofOther(one)).map((one) => one.textContent.trim()).filter(Boolean);
  const key = CSS.escape(mark.dataset.opens);
  const park = mark.closest("[data-park]");
  const words = [...(park ? own(`[data-park="${CSS.escape(park.dataset.park)}"] text, text[data-park="${CSS.escape(park.dataset.park)}"]`) : []), ...own(`[data-opens="${key}"] text, text[data-opens="${key}"]`)];
  return [...new Set(words)].join(" ") || mark.dataset.opens;
};

// Of a view of very many lines a figure is drawn of the parks that are picked out in its table.
const pickBoxes = (place, view, panels, picked) => {
  const { words } = panels.top;
  const there = new Set(panels.left.parks.filter((park) => park.on).map((park) => park.id));
  [...picked].filter((park) => !there.has(park)).forEach((park) => picked.delete(park));
  if (panels.view.first !== "table" || panels.view.tab !== "table") return;
  view.querySelectorAll("tbody tr[data-park]").forEach((row) => {
    const { park } = row.dataset;
    const box = make("input", { type: "checkbox", class: "pick-box", "aria-label": fill(words.pick, { name: row.cells[0].textContent }) });
    box.checked = picked.has(park);
    box.addEventListener("change", () => {
      if (box.checked) picked.add(park);
      else picked.delete(park);
      place.send("pick", { parks: [...picked] });
    });
    row.cells[0].prepend(box);
  });
};

// A row, a mark and a name in the list of one park show each other; a click on a row or a mark holds it, also in the other tabs.
const pairing = (root, view) => {
  let held = "", lit = [];
  const parkOf = (element) => {
    const line = element.closest(".park-line");
    if (line) return line.querySelector("input").value;
    const found = element.closest("tr") || element.closest("[data-park]");
    const park = found && (found.dataset.park || (found.querySelector("[data-park]") || { dataset: {} }).dataset.park);
    return park && !park.includes(" ") && !element.closest("thead") ? park : "";
  };
  const light = (park) => {
    lit.forEach((one) => one.classList.remove("lit"));
    const of = `[data-park="${CSS.escape(park)}"]`;
    lit = park ? [...view.querySelectorAll(`svg ${of}, tr${of}, tr:has(${of})`)] : [];
    lit.forEach((one) => one.classList.add("lit"));
  };
  const over = (event) => {
    const element = event.target.closest && event.target.closest(".park-line, .view");
    light((element && parkOf(event.target)) || held);
  };
  root.addEventListener("pointerover", over);
  root.addEventListener("focusin", over);
  root.addEventListener("pointerleave", () => light(held));
  view.addEventListener("click", (event) => {
    if (event.target.closest("a, input, .sort, .fold")) return;
    const park = parkOf(event.target);
    held = park === held && !event.target.closest("[data-opens]") ? "" : park;
    light(held);
  });
  return () => light(held);
};

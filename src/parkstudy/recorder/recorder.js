// The review of a text: left the text piece by piece with its figures marked, right the rows of the paragraph, the list of faults, the
// comparison of two readers. Only the pieces that are near are in the document; above and below stands their height.
const options = { last: ["near", "look"] };

const screen = (place) => {
  const { body } = place;
  let waiting = 0;
  const DECIDES = ["accept", "accept_all", "save", "reject", "undo", "redo"]; // each on what is shown: none is sent before the last is answered
  const send = (name, more) => {
    if (DECIDES.includes(name) && Date.now() - waiting < 5000) return;
    if (DECIDES.includes(name)) waiting = Date.now();
    place.send(name, more);
  };
  let frame = {}, top = {}, text = {}, rows = {}, lists = {}, tab = "rows", asked = "", seen = false, heights = new Map();
  const word = (code, parts = {}) => Object.entries(parts).reduce((all, [name, value]) => all.replaceAll(`{${name}}`, value), (frame.words || {})[code] || code);
  const button = (code, key, act, attributes = {}) =>
    make("button", { type: "button", class: "key", on: { click: act }, ...attributes }, word(code), ...(key ? [make("kbd", { "aria-hidden": "true" }, key)] : []));

  const bar = make("div", { class: "bar" });
  const reading = make("section", { class: "text", tabindex: "0", role: "region" });
  const side = make("section", { class: "side", role: "region" });
  const desk = make("div", { class: "desk", tabindex: "-1" }, bar, make("div", { class: "sides" }, reading, side));
  body.append(desk);

  // the text: the window of pieces that the kernel sent, between two blanks
  const figure = (segment) => {
    const here = segment.at === text.at[0] && segment.end === text.at[1];
    const state = frame.states[segment.state];
    const why = [state, segment.doubt && word("look_here"), segment.why].filter(Boolean).join(", ");
    const over = !here && text.at[0] < segment.end && segment.at < text.at[1];
    return make("mark", { // not in the order of the tab key: words in what takes the focus cannot be selected
      class: `fig ${segment.state}${segment.doubt ? " doubt" : ""}${over ? " found" : ""}`, "data-at": segment.at, "aria-description": why, "aria-current": here && "true",
      title: why, on: { click: () => !selection() && send("go", { at: [segment.at, segment.end] }) },
    }, segment.text);
  };
  const plain = (segment) => {
    const [start, end] = text.at;
    const signs = [...segment.text];
    const cut = (at) => Math.min(Math.max(at - segment.at, 0), signs.length);
    if (cut(start) === cut(end)) return [segment.text];
    const found = make("span", { class: "found", "aria-current": "true", "data-at": Math.max(start, segment.at) }, signs.slice(cut(start), cut(end)).join(""));
    return [signs.slice(0, cut(start)).join(""), found, signs.slice(cut(end)).join("")];
  };
  const piece = (one, number) => make("p", { class: `piece${number === text.piece ? " here" : ""}${one.locator ? "" : " bare"}`, "data-piece": number },
    make("span", { class: "locator", "aria-hidden": "true" }, one.locator),
    ...one.segments.flatMap((segment) => segment.state ? [figure(segment)] : plain(segment)));
  const guess = (number) => heights.get(number) || 14 + 26 * Math.ceil(((frame.lengths || [])[number] || 1) / 34);
  const blank = (from, to) => { let sum = 0; for (let n = from; n < to; n++) sum += guess(n); return make("div", { class: "blank", style: `height:${sum}px` }); };
  const write = () => {
    const last = text.from + text.pieces.length, before = reading.querySelector(".piece.here"), was = before && before.offsetTop - reading.scrollTop;
    const moved = !before || Number(before.dataset.piece) !== text.piece;
    reading.replaceChildren(blank(0, text.from), ...text.pieces.map((one, n) => piece(one, text.from + n)), blank(last, (frame.lengths || []).length));
    reading.querySelectorAll(".piece").forEach((one) => heights.set(Number(one.dataset.piece), one.offsetHeight));
    const now = reading.querySelector(".piece.here"), mark = reading.querySelector("[aria-current]") || now;
    if (!now) reading.scrollTop = text.pieces.length ? reading.scrollHeight : 0;
    else if (!moved && was >= 0) reading.scrollTop = now.offsetTop - was;
    if (mark && mark.getBoundingClientRect) {
      const [pane, box] = [reading.getBoundingClientRect(), mark.getBoundingClientRect()];
      if (box.top < pane.top + 40 || box.bottom > pane.bottom - 60) reading.scrollTop += box.top - pane.top - pane.height / 3;
    }
  };
  let idle = 0;
  reading.addEventListener("scroll", () => { // near one of the blanks: ask for what is there
    clearTimeout(idle);
    idle = setTimeout(() => {
      const all = [...reading.querySelectorAll(".piece")];
      const pane = reading.getBoundingClientRect();
      if (!all.length || (all[0].getBoundingClientRect().top < pane.bottom && all.at(-1).getBoundingClientRect().bottom > pane.top)) return;
      let [sum, number] = [0, 0];
      while (number < frame.lengths.length - 1 && sum + guess(number) < reading.scrollTop) sum += guess(number++);
      send("near", { at: number });
    }, 120);
  });
  // what a reader has selected, as characters of the text
  const place_of = (node, offset) => {
    const element = node.nodeType === 3 ? node.parentElement : node;
    const one = element.closest(".piece");
    if (!one || !reading.contains(one)) return -1;
    const range = document.createRange();
    range.setStart(one, 1);
    range.setEnd(node, offset);
    const number = Number(one.dataset.piece);
    return text.pieces[number - text.from].segments[0].at + [...range.toString()].length;
  };
  const selection = () => {
    const chosen = place.root.getSelection ? place.root.getSelection() : document.getSelection();
    const composed = chosen && chosen.getComposedRanges ? chosen.getComposedRanges({ shadowRoots: [place.root] })[0] : null;
    const range = composed || (chosen && chosen.rangeCount && chosen.getRangeAt(0));
    if (!range || (range.startContainer === range.endContainer && range.startOffset === range.endOffset)) return null;
    const [start, end] = [place_of(range.startContainer, range.startOffset), place_of(range.endContainer, range.endOffset)];
    return start >= 0 && end > start ? [start, end] : null;
  };

  // the rows
  const field = (one) => make("div", { class: one.doubt ? "field doubt" : "field" },
    make("dt", {}, ...(one.digit ? [make("kbd", { "aria-hidden": "true" }, one.digit), " "] : []), one.label, ...(one.doubt ? [make("span", { class: "look" }, ` ${word("look_here")}`)] : [])), make("dd", {}, one.shown || word("nothing")));
  const reasons = ["no_result", "wrong_reading", "twice"];
  const refusal = (row) => {
    const input = make("input", { type: "text", list: "reasons", class: "reason", "aria-label": word("why_rejected"), placeholder: word("why_rejected") });
    const list = make("datalist", { id: "reasons" }, ...reasons.map((code) => make("option", { value: word(code) })));
    const go = () => send("reject", { key: row.key, reason: input.value });
    input.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) go(); });
    return make("div", { class: "refusal" }, input, list, button("reject", "⏎", go), button("cancel", "Esc", () => { asked = ""; draw_side(); desk.focus(); }));
  };
  const row = (one) => {
    const active = one.key === rows.key;
    const head = make("button", { type: "button", class: "head", "aria-expanded": String(active), "aria-label": `${one.said}. ${frame.states[one.state]}`, on: { click: () => send("go", { key: one.key }) } },
      make("b", {}, one.figure), make("span", { class: "what" }, one.fields.filter((cell) => ["indicator", "transformation", "value_type"].includes(cell.name)).map((cell) => cell.shown).join(" · ")),
      make("span", { class: `state ${one.state}` }, frame.states[one.state]));
    const parts = [head];
    if (one.elsewhere) parts.push(make("p", { class: "note" }, word("elsewhere")));
    if (one.unproven) parts.push(make("p", { class: "note" }, one.unproven));
    if (one.reason && one.state === "rejected") parts.push(make("p", { class: "note" }, one.reason));
    if (active) {
      parts.push(make("dl", {}, ...one.fields.map((cell) => field(cell))));
      if (asked === one.key) parts.push(refusal(one));
      else parts.push(make("div", { class: "acts" }, button("accept", "a", () => send("accept", { key: one.key })), button("edit", "e", () => send("edit", { key: one.key })), button("reject", "x", () => ask(one.key))));
    }
    return make("li", { class: `row${active ? " active" : ""}${one.open ? " open" : ""}`, "aria-current": active && "true", "data-key": one.key }, ...parts);
  };
  // Ticks are one stop of the tab key, and the arrows go among them; so they do through what is offered for words of one's own.
  const roam = (event) => {
    const all = [...event.currentTarget.querySelectorAll("input")], way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const now = all[(all.indexOf(event.target) + way + all.length) % all.length];
    all.forEach((tick) => { tick.tabIndex = tick === now ? 0 : -1; });
    now.focus();
  };
  const offered = (input, offers) => {
    const take = (value) => { input.value = value; show(); input.focus(); if (value.endsWith(":")) input.setSelectionRange(value.length, value.length); else input.select(); };
    const list = make("div", { class: "offers", id: `o-${input.name}`, role: "listbox" }, ...offers.map(([value, name], n) => make("div", { role: "option", id: `o-${input.name}-${n}`, "data-value": value,
      on: { mousedown: (event) => { event.preventDefault(); take(value); } } }, value, ...(name && name !== value ? [make("span", { class: "quiet" }, ` ${name}`)] : []))));
    const show = () => [...list.children].forEach((one) => {
      const is = one.dataset.value === input.value || (one.dataset.value.endsWith(":") && input.value.startsWith(one.dataset.value) && !offers.some(([value]) => value === input.value));
      one.setAttribute("aria-selected", String(is));
      if (is) { input.setAttribute("aria-activedescendant", one.id); one.scrollIntoView({ block: "nearest" }); }
    });
    input.addEventListener("focus", show);
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!way || event.isComposing) return;
      event.preventDefault();
      const at = offers.findIndex(([value]) => value === input.value);
      take(offers[at < 0 ? (way > 0 ? 0 : offers.length - 1) : (at + way + offers.length) % offers.length][0]);
    });
    return list;
  };
  const control = (one, given) => {
    const id = `f-${one.name}`;
    const [sign] = Object.entries(frame.digits).find(([, name]) => name === (one.name === "period_end" ? "period" : one.name)) || [];
    const about = [...(sign ? [make("kbd", { "aria-hidden": "true" }, sign)] : []), ...(one.doubt ? [make("span", { class: "look" }, ` ${word("look_here")}`)] : [])];
    if (one.kind === "many") {
      const chosen = one.value.split(";");
      return make("fieldset", { class: one.doubt ? "field doubt" : "field", "data-many": one.name }, make("legend", {}, one.label, ...about),
        make("div", { class: "ticks", on: { keydown: roam } }, ...one.offers.map(([value, name], n) =>
          make("label", { class: "tick" }, make("input", { type: "checkbox", value, checked: chosen.includes(value), tabindex: n ? "-1" : "0" }), ` ${name}`))));
    }
    const option = ([value, name]) => make("option", { value, selected: value === one.value }, name);
    const fits = one.offers.filter((offer) => offer[2]), others = one.offers.filter((offer) => !offer[2]);
    const missing = one.kind === "one" && !one.offers.some(([value]) => value === one.value) ? [make("option", { value: one.value, selected: true }, word("nothing"))] : [];
    const input = one.kind === "one"
      ? make("select", { id, name: one.name }, ...missing, ...(others.length ? [make("optgroup", { label: word("fitting") }, ...fits.map(option)), make("optgroup", { label: word("others") }, ...others.map(option))] : fits.map(option)))
      : make("input", { id, name: one.name, value: one.value, autocomplete: "off", ...(one.offers.length && { role: "combobox", "aria-expanded": "true", "aria-controls": `o-${one.name}` }) });
    const list = one.kind === "free" && one.offers.length ? [offered(input, one.offers)] : [];
    if (one.name === "indicator") input.addEventListener("change", () => { // its term goes along
      const term = side.querySelector("[name=reported_term]"), now = given.terms[input.value];
      if (now && (!term.value || term.value === given.terms[one.was || one.value])) term.value = now;
      one.was = input.value;
    });
    return make("div", { class: one.doubt ? "field doubt" : "field" }, make("label", { for: id }, one.label, ...about), input, ...list);
  };
  const stand = (name) => { // in a field of the form, its words ready to be written over
    const input = side.querySelector(`[name="${name}"]`) || side.querySelector(`[data-many="${name}"] input[tabindex="0"]`);
    if (!input) return false;
    input.focus();
    if (input.select) input.select();
    return true;
  };
  const form = (given) => {
    const cells = () => {
      const found = {};
      given.fields.forEach((one) => {
        const value = one.kind === "many"
          ? [...side.querySelectorAll(`[data-many="${one.name}"] input:checked`)].map((input) => input.value).join(";")
          : side.querySelector(`[name="${one.name}"]`).value;
        const before = one.kind === "many" ? one.value.split(";").filter((value) => one.offers.some((offer) => offer[0] === value)).sort().join(";") : one.value;
        if ((one.kind === "many" ? value.split(";").sort().join(";") : value) !== before) found[one.name] = value;
      });
      return found;
    };
    const save = (unproven) => send("save", { cells: cells(), unproven: unproven === true });
    const made = make("form", { class: "form", "aria-label": given.key ? word("edit") : word("new_row") },
      make("h3", {}, given.key ? "" : `${word("new_row")}: `, given.figure),
      make("div", { class: "fields" }, ...given.fields.map((one) => control(one, given))),
      make("div", { class: "acts" }, button("save", "⏎", save), button("unproven", "⇧⏎", () => save(true), { class: "key unproven", hidden: true }), button("cancel", "Esc", () => send("cancel"))));
    made.addEventListener("submit", (event) => event.preventDefault());
    made.addEventListener("keydown", (event) => {
      const to = event.altKey && frame.digits[event.code.replace(/^(Digit|Key)/, "").toLowerCase()]; // what a key prints with Alt hangs on the system
      if (to) { event.preventDefault(); stand(to === "period" ? "period_end" : to); }
      if (event.key === "Enter" && !event.isComposing && event.target.tagName !== "BUTTON") { event.preventDefault(); save(event.shiftKey && !made.querySelector(".unproven").hidden); }
    });
    return made;
  };
  const ask = (key) => { asked = key; draw_side(); const input = side.querySelector(".reason"); if (input) input.focus(); };

  // faults, two readers
  const listed = (code, found) => [make("h3", {}, word(code)),
    found.found.length ? make("ul", { class: "faults" }, ...found.found.map((one) => make("li", {}, one.key ? make("button", { type: "button", class: "link", on: { click: () => { tab = "rows"; send("go", { key: one.key }); } } }, one.text) : one.text))) : make("p", { class: "quiet" }, word("none_found")),
    ...(found.more ? [make("p", { class: "quiet" }, word("more", { more: found.more }))] : [])];
  const faults = () => lists.faults ? ["check", "verify", "audit"].flatMap((code) => listed(code, lists.faults[code])) : [];
  const difference = (one) => make("li", { class: "difference" },
    make("p", {}, make("button", { type: "button", class: "link", on: { click: () => one.at.length && send("go", { at: one.at }) } }, one.figure), ` · ${one.label}`),
    make("div", { class: "acts" },
      ...[["first", "first_stands"], ["second", "take_second"]].map(([side_, code], n) =>
        make("button", { type: "button", class: "key", on: { click: () => send("compare", { reader: lists.both.reader, difference: one.difference, take: side_ }) } }, `${word(code)}: `, make("b", {}, one.values[n])))));
  const both = () => {
    const start = top.readers.map((reader) => button("compare", "", () => send("compare", { reader })) ).map((made, n) => { made.textContent = word("compare", { reader: top.readers[n] }); return made; });
    const found = lists.both;
    const head = [top.readers.length ? make("div", { class: "acts" }, ...start) : make("p", { class: "quiet" }, word("no_reader"))];
    if (!found) return head;
    const table = make("table", {}, make("thead", {}, make("tr", {}, make("td"), make("th", { scope: "col" }, word("agree", { both: found.both })))),
      make("tbody", {}, ...found.fields.map(([name, count]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, String(count))))));
    return [...head, make("p", {}, word("both", found)), table, ...(found.slug ? [make("p", { class: "quiet" }, word("slug", found))] : []),
      make("h3", {}, word("to_settle", { left: found.open.length })), make("ol", { class: "differences" }, ...found.open.map(difference))];
  };
  const keys = () => [make("p", {}, word("how")), make("dl", { class: "keys" }, ...[["a", "accept"], ["A", "accept_all"], ["e", "edit"], [".", "again"], ["x", "reject"], ["i", "add"], ["n", "next_doubt"], ["s", "next_aside"], ["↑ ↓", "key_rows"], ["← →", "key_figures"], ["u", "undo"], ["U", "redo"], ["/", "find"], ["1 … 9 0 p", "edit_one"], ["Alt 1 … p", "edit_alt"], ["c", "checks"], ["d", "readers"], ["t", "rows"], ["?", "keys"]]
    .flatMap(([key, code]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, word(code))]))];

  const TABS = ["rows", "checks", "readers", "keys"];
  const open = (name) => { tab = name; if (name === "checks") send("faults"); const inside = side.contains(place.root.activeElement); draw_side(); if (inside) desk.focus({ preventScroll: true }); };
  const draw_side = () => {
    const tabs = make("div", { class: "tabs", role: "tablist" }, ...TABS.map((name) => make("button", { type: "button", role: "tab", "aria-selected": String(tab === name), tabindex: tab === name ? "0" : "-1", on: { click: () => open(name) } }, word(name))));
    const content = { checks: () => [button("recheck", "", () => send("faults")), ...faults()], readers: both, keys }[tab] || (() => {
      if (rows.form) return [form(rows.form)];
      const at = rows.aside;
      const asides = at ? [make("div", { class: "aside" }, make("p", {}, word("aside", at)), button("add", "i", () => send("add", { at: at.at })))] : [];
      return [make("p", { class: "quiet" }, rows.locator || (text.piece === (frame.lengths || []).length ? word("no_place") : "")), ...asides,
        rows.rows.length ? make("ol", { class: "list" }, ...rows.rows.map(row)) : make("p", { class: "quiet" }, word("no_rows"))];
    });
    side.replaceChildren(tabs, make("div", { class: "content", role: "tabpanel" }, ...content()));
    const active = side.querySelector(".row.active") || side.querySelector(".aside");
    if (active) active.scrollIntoView({ block: "nearest" });
  };
  const draw_bar = () => {
    const { progress } = top;
    const share = progress.proposed ? progress.decided / progress.proposed : 1;
    const choose = top.sources.length > 1
      ? make("select", { "aria-label": word("text"), on: { change: (event) => send("source", { id: event.target.value }) } }, ...top.sources.map(([id, why]) => make("option", { value: id, selected: id === top.source, disabled: Boolean(why), title: why }, id)))
      : make("span", { class: "quiet" }, top.source);
    const find = make("input", { type: "search", class: "find", placeholder: `${word("find")}  /`, "aria-label": word("find") });
    find.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && find.value) send("find", { words: find.value });
      if (event.key === "Escape") desk.focus();
    });
    const before = bar.querySelector(".find");
    if (before) find.value = before.value;
    const focused = Boolean(before) && place.root.activeElement === before;
    bar.replaceChildren(
      make("div", { class: "title" }, make("b", {}, top.title), " ", choose),
      ...(progress.proposed ? [make("div", { class: "progress", role: "img", "aria-label": `${word("progress", progress)}; ${word("doubts", progress)}` },
        make("span", { class: "track" }, make("span", { style: `width:${100 * share}%` })), `${word("progress", progress)} · ${word("doubts", progress)}`)] : []),
      make("div", { class: "acts" }, button("next_doubt", "n", () => send("go", { to: "doubt" })), button("next_aside", "s", () => send("go", { to: "aside" })), button("accept_all", "A", () => send("accept_all")),
        button("undo", "u", () => send("undo"), { disabled: !top.undo }), button("redo", "U", () => send("redo"), { disabled: !top.redo }), find),
      make("p", { class: "quiet asleep" }, word("keys_asleep")),
      ...(top.reader ? [make("p", { class: "note" }, word("blind", { reader: top.reader }))] : []), ...top.told.map((one) => make("p", { class: "note" }, one)));
    if (focused) bar.querySelector(".find").focus();
  };

  const typing = (target) => target && (target.closest("input, select, textarea, form") || target.isContentEditable);
  const acts = {
    a: () => rows.key && send("accept", { key: rows.key }), A: () => send("accept_all"), e: () => rows.key && send("edit", { key: rows.key }),
    ".": () => rows.key && send("again", { key: rows.key }), x: () => rows.key && ask(rows.key), r: () => rows.key && ask(rows.key), n: () => send("go", { to: "doubt" }), N: () => send("go", { to: "doubt", back: true }),
    s: () => send("go", { to: "aside" }), S: () => send("go", { to: "aside", back: true }),
    u: () => send("undo"), U: () => send("redo"), i: () => { const span = selection() || (rows.aside || {}).at || text.at; if (span[1] > span[0]) send("add", { at: span }); },
    "/": () => bar.querySelector(".find").focus(), "?": () => open("keys"),
    c: () => open("checks"), d: () => open("readers"), t: () => open("rows"),
    ArrowDown: () => send("go", { to: "row" }), ArrowUp: () => send("go", { to: "row", back: true }), j: () => send("go", { to: "row" }), k: () => send("go", { to: "row", back: true }),
    ArrowRight: () => send("go", { to: "mark" }), ArrowLeft: () => send("go", { to: "mark", back: true }),
    Enter: () => rows.key && send("accept", { key: rows.key }),
  };
  desk.addEventListener("keydown", (event) => {
    const inside = place.root.activeElement;
    if (event.key === "Escape") {
      if (asked) { asked = ""; draw_side(); } else if (rows.form) send("cancel");
      desk.focus();
      return;
    }
    if (event.isComposing || event.altKey || typing(inside)) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() === "z") { event.preventDefault(); send(event.shiftKey ? "redo" : "undo"); }
      return;
    }
    if (["Enter", " "].includes(event.key) && inside && inside.closest("button")) return;
    const field = rows.key && frame.digits[event.key];
    if (field) { // the form, at that field
      event.preventDefault();
      send("edit", { key: rows.key, field: field === "period" ? "period_end" : field });
      return;
    }
    const act = acts[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  // Below the words of its notebook, and with the keys: JupyterLab takes them for the notebook while it opens it, where `x` cuts a cell.
  let theirs = false;
  const hands = ["pointerdown", "keydown", "wheel"], touched = () => { theirs = true; };
  hands.forEach((type) => window.addEventListener(type, touched, { capture: true, passive: true }));
  const takeover = (times) => {
    if (theirs || !times) return;
    if (place.host.closest(".jp-Notebook") && !desk.contains(place.root.activeElement)) { // it is taken out and put back meanwhile
      place.host.scrollIntoView({ block: "start", behavior: "instant" });
      desk.focus({ preventScroll: true });
    }
    setTimeout(() => takeover(times - 1), 250);
  };
  const look = () => send("look");
  window.addEventListener("focus", look);

  return {
    draw(panels, changed, reply) {
      waiting = 0;
      const before = { form: rows.form, key: rows.key };
      ({ frame = frame, top = top, text = text, rows = rows, lists = lists } = panels);
      if (!frame.words) return;
      reading.setAttribute("aria-label", word("text"));
      side.setAttribute("aria-label", word("rows"));
      place.host.setAttribute("lang", frame.lang === "zh" ? "zh-Hans" : "en");
      const is = (name) => changed.includes(name) || changed.includes("frame");
      if (reply.error && asked && asked === rows.key) return; // what was written stays to be mended
      const same = before.form && rows.form && String([before.form.key, before.form.at]) === String([rows.form.key, rows.form.at]);
      if (asked && (asked !== rows.key || (is("top") && !reply.error))) asked = "";
      if (rows.form && !same) tab = "rows";
      const inside = place.root.activeElement, kept = inside && desk.contains(inside);
      const settled = inside && inside.closest(".difference") ? [...inside.parentElement.children].indexOf(inside) : -1;
      if (is("top")) draw_bar();
      if (is("text")) write();
      if (!same && (is("rows") || is("lists") || is("top"))) draw_side();
      if (reply.field && rows.form) stand(reply.field);
      const open_ = side.querySelector(".unproven");
      if (open_) open_.hidden = !reply.unproven;
      if (!seen) requestAnimationFrame(() => takeover(120));
      seen = true;
      if (rows.form && !same) {
        const doubt = side.querySelector(".field.doubt :is(select, input)") || side.querySelector(".form :is(select, input)");
        side.scrollTop = 0;
        if (!stand(rows.form.first)) stand(doubt.name || doubt.closest("[data-many]").dataset.many);
      }
      else if (settled >= 0 && side.querySelector(".difference .acts")) side.querySelector(".difference .acts").children[settled].focus(); // the next one
      else if (kept && !rows.form && !(place.root.activeElement && desk.contains(place.root.activeElement))) desk.focus({ preventScroll: true });
    },
    stop() {
      touched(); // it takes the keys no more
      window.removeEventListener("focus", look);
      hands.forEach((type) => window.removeEventListener(type, touched, { capture: true }));
    },
  };
};

// What every panel in a notebook has: a line to the kernel, a root of its own that no style and no key of the notebook reaches, the
// light or dark of JupyterLab, a busy sign, a line for errors, words for who hears it. A screen draws the payloads:
//   const options = { soon: [names drawn at once although more is waiting], last: [messages of which the last alone counts],
//     laid(panels), which lays single lines over a list, seen(), which keeps what was drawn: {keep(panels), ahead(panels, message)} };
//   const screen = (place) => ({ draw(panels, changed, reply) {}, stop() {} });
// `place` has: root, body, words, send(name, more), say(text), trouble(text, cause).
"use strict";
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined || value === null) continue;
    if (name === "on") Object.entries(value).forEach(([type, act]) => element.addEventListener(type, act));
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
};
const asked = new Set(); // signs that were asked for, by whichever panel
const unanswered = new Set(); // those of them that are not there yet: of a kernel that is gone they are asked for anew
const PATIENCE = 30000; // after which a message that nobody answers holds up no other one

// What changed, laid over what there is; of a payload that is an object its parts.
const parted = (value) => value && typeof value === "object" && !Array.isArray(value);
const laidOver = (before, changed) => Object.entries(changed).reduce(
  (found, [name, now]) => ({ ...found, [name]: parted(now) && parted(found[name]) ? { ...found[name], ...now } : now }), before);

const alike = (one, other) => one === other || (one && other && typeof one === "object" && typeof other === "object"
  && Object.keys(one).length === Object.keys(other).length && Object.keys(one).every((name) => alike(one[name], other[name])));

// The line to the kernel, one a panel: of fast successive messages the first goes at once, of those that come while it waits
// only what counts. Payloads are kept in the model, from which a later view starts. What was drawn before is drawn again at once,
// and its answer is then laid over it: `over` are the payloads that are shown before they are in the model.
const lineTo = (model, { soon = [], last = [], laid = () => {}, seen = () => null }) => {
  const views = new Set(), memory = seen();
  let number = 0, waiting = 0, since = 0, queue = [], held = {}, over = null, known = false;
  const next = () => {
    const message = queue.shift();
    waiting = message ? ++number : 0;
    since = Date.now();
    if (!message) return;
    try {
      model.send({ ...message, n: waiting });
    } catch { // the kernel that had the panel is gone
      lose();
    }
  };
  const lose = () => {
    [waiting, queue, over, known] = [0, [], null, false];
    unanswered.forEach((sign) => asked.delete(sign));
    unanswered.clear();
    views.forEach((view) => {
      view.busy(false);
      view.lose();
    });
  };
  const send = (name, more = {}) => {
    const before = queue.at(-1);
    if (before && before.do === name && last.includes(name)) {
      queue[queue.length - 1] = { do: name, ...more, ...(before.choice && { choice: { ...before.choice, ...more.choice } }) };
    } else queue.push({ do: name, ...more });
    const from = known ? over : waiting || over ? null : model.get("panels");
    if (memory && from && !known) memory.keep(from);
    const ahead = memory && from && memory.ahead(from, { do: name, ...more });
    known = Boolean(ahead);
    views.forEach((view) => view.busy(true, name, known));
    if (!waiting || Date.now() - since > PATIENCE) next();
    if (!ahead || !waiting) return;
    const changed = Object.keys(ahead).filter((name) => !alike(ahead[name], from[name]));
    over = ahead;
    views.forEach((view) => view.show(ahead, changed, {}));
  };
  const answer = (reply) => {
    if (reply && reply.face) {
      unanswered.clear();
      document.head.append(make("style", {}, reply.face)); // of no effect within a shadow root
      requestAnimationFrame(() => document.fonts.ready.then(() => views.forEach((view) => view.reletter())));
    }
    if (!reply || !reply.panels) return;
    const panels = laidOver(model.get("panels"), reply.panels);
    laid(panels);
    model.set("panels", panels);
    held = { ...held, ...reply.panels };
    if (reply.n && reply.n === waiting) next();
    let now = Object.keys(held).filter((name) => !waiting || (soon.includes(name) && !over));
    now.forEach((name) => delete held[name]);
    if (over && !waiting) {
      now = Object.keys(panels).filter((name) => !alike(panels[name], over[name]));
      [over, known] = [null, false];
    }
    views.forEach((view) => {
      view.busy(waiting > 0, "", known);
      view.show(over || panels, now, reply, waiting > 0);
    });
  };
  return { views, send, answer, lose, laid, busy: () => waiting > 0 };
};

// Where a browser has no Chinese font its signs are boxes: a font with the signs that are shown comes from the kernel then.
const boxes = () => { // a box has ink above the one stroke of the sign for one
  const paper = make("canvas", { width: 60, height: 60 }).getContext("2d", { willReadFrequently: true });
  paper.font = "40px sans-serif";
  paper.fillText("\u4e00", 5, 45);
  const ink = paper.getImageData(0, 0, 60, 60).data.reduce((rows, value, at) => (value ? rows.add(Math.floor(at / 240)) : rows), new Set());
  return ink.size > 20;
};
let letterings = 0;
const lettering = (root, ask) => {
  const look = () => {
    const held = [...root.querySelectorAll("input, [placeholder]")].map((one) => `${one.value || ""}${one.placeholder || ""}`);
    const signs = [...new Set(`${root.querySelector(".frame").textContent}${held.join("")}`)].filter((sign) => sign > "\u2e7f" && !asked.has(sign));
    if (signs.length && ask(signs.join(""))) signs.forEach((sign) => { asked.add(sign); unanswered.add(sign); });
  };
  let waiting = 0;
  const changes = new MutationObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 60);
  });
  changes.observe(root, { childList: true, subtree: true, characterData: true });
  return () => changes.disconnect();
};

const view = (model, el, line, screen) => {
  const host = make("div", { "data-lm-suppress-shortcuts": true, class: "parkstudy" });
  const root = host.attachShadow({ mode: "open" });
  const words = () => model.get("words");
  const body = make("div", { class: "body" });
  const [sentence, cause] = [make("p"), make("p", { class: "cause" })];
  const trouble = make("div", { class: "trouble", role: "alert", hidden: true }, sentence, cause);
  const spoken = make("p", { class: "spoken", role: "status" });
  const frame = make("div", { class: "frame" }, make("div", { class: "working" }), trouble, body, spoken);
  root.append(make("style"), frame);
  root.firstChild.textContent = STYLE;
  const look = () => shade(host);
  const place = {
    root, host, body, frame, words,
    send: line.send,
    say: (text) => { spoken.textContent = spoken.textContent === text ? text + "\u00a0" : text; }, // said again, too
    trouble: (text, why = "") => {
      trouble.hidden = !text;
      if (sentence.textContent !== text) sentence.textContent = text;
      cause.textContent = why;
      cause.hidden = !why;
    },
  };
  const stops = ["keydown", "keyup", "keypress", "copy", "cut", "paste", "contextmenu"];
  stops.forEach((type) => host.addEventListener(type, (event) => { if (type !== "contextmenu" || event.target !== host) event.stopPropagation(); }));
  const drawn = screen(place);
  const themes = new MutationObserver(look);
  themes.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  const lettered = boxes() ? lettering(root, (signs) => { try { model.send({ do: "face", signs }); return true; } catch { return false; /* no kernel, no font */ } }) : () => {};
  const own = {
    busy: (is, name = "", known = false) => {
      frame.classList.toggle("busy", is);
      frame.classList.toggle("known", is && known); // what is waited for is shown already
      if (name) frame.dataset.doing = name; // what is waited for, of which a style may make more or less
      body.setAttribute("aria-busy", String(is));
    },
    show: (panels, changed, reply, more) => {
      if (!more) {
        place.trouble(reply.error || "", reply.cause || "");
        frame.classList.toggle("failed", Boolean(reply.error));
      }
      if (reply.said) place.say(reply.said);
      drawn.draw(panels, changed, reply);
    },
    lose: () => {
      host.classList.add("lost");
      place.trouble(words().gone);
    },
    reletter: () => { host.style.fontFeatureSettings = `"park" ${++letterings}`; }, // Chromium keeps the boxes of some sizes else
    stop: () => {
      line.views.delete(own);
      themes.disconnect();
      lettered();
      if (drawn.stop) drawn.stop();
    },
  };
  line.views.add(own);
  look();
  el.replaceChildren(host);
  own.busy(line.busy());
  const all = model.get("panels");
  line.laid(all);
  drawn.draw(all, Object.keys(all), {});
  return own.stop;
};

const panel = (screen, options = {}) => () => {
  let line = null;
  return {
    initialize({ model }) {
      line = lineTo(model, options);
      model.on("msg:custom", line.answer);
      model.on("comm_live_update", line.lose); // the kernel was restarted
    },
    render({ model, el }) {
      return view(model, el, line, screen);
    },
  };
};

// A file that the kernel has made: {name, type, base64}; of a drawing that is called PNG, dots are made here.
const saved = async ({ name, type, base64 }) => {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const content = name.endsWith(".png") ? await dots(`data:${type};base64,${base64}`) : new Blob([bytes], { type });
  const link = make("a", { download: name, href: URL.createObjectURL(content) });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};
const WIDE = 1800; // dots across, at least
const dots = async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const scale = Math.max(2, WIDE / image.width);
  const canvas = make("canvas", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const name = `${canvas.width} × ${canvas.height}`; // a browser gives none of more dots than it can hold
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error(name))), "image/png"));
};

// What remains of a view: undo, what is kept, files, the view made again, and its key.
const bottomBar = (place) => {
  const undo = button("", () => place.send("undo"), { class: "undo" });
  const redo = button("", () => place.send("redo"), { class: "redo" });
  const keep = button("", () => place.send("keep"), { class: "keep" });
  const files = make("span", { class: "kinds", role: "group" });
  const page = make("a", { target: "_blank", rel: "noopener", class: "to-page" });
  const key = make("input", { type: "text", class: "key", autocomplete: "off", spellcheck: "false" });
  const copyKey = button("", async () => {
    settle();
    place.say((await copied(key.value, key)) ? words.copied : words.selected);
  });
  const go = button("", () => take());
  const refused = make("p", { class: "refused-here key-refused", id: newId("refused"), role: "alert", hidden: true });
  key.setAttribute("aria-describedby", refused.id);
  const inside = make("div", { class: "commands" });
  const again = popup(place, "", inside, { class: "again" });
  const more = button("", () => { more.setAttribute("aria-expanded", String(whole.classList.toggle("unfolded"))); }, { class: "more", "aria-expanded": "false" });
  const whole = make("div", { class: "bottom" }, make("span", { class: "steps" }, undo, redo), keep, more, files, again.whole, page,
    make("span", { class: "key-line" }, key, copyKey, go), refused);
  let words = {}, given = "", shape = "", kinds = "", taking = false;
  const take = () => {
    taking = true;
    place.send("paste", { key: key.value.trim() });
  };
  const settle = () => { // the key of what is shown
    key.value = given;
    key.removeAttribute("aria-invalid");
    refused.hidden = true;
  };
  const replied = (reply) => { // what is wrong with a pasted key is said where it was pasted
    if (!taking) return;
    taking = false;
    if (!reply.error) return settle();
    place.trouble(""); // which is at the top, out of sight from here
    key.setAttribute("aria-invalid", "true");
    refused.hidden = false;
    put(refused, refusal(reply));
  };
  key.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") { event.preventDefault(); take(); }
    if (event.key === "Escape") { event.stopPropagation(); settle(); }
  });
  key.addEventListener("focus", () => key.select());
  const draw = (bottom, all) => {
    words = all;
    undo.setAttribute("aria-label", words.undo);
    redo.setAttribute("aria-label", words.redo);
    if (!undo.children.length) { undo.append(icon("↶")); redo.append(icon("↷")); }
    undo.setAttribute("aria-disabled", String(!bottom.undo));
    redo.setAttribute("aria-disabled", String(!bottom.redo));
    put(keep, words.keep);
    put(more, words.more);
    files.setAttribute("aria-label", words.files);
    const now = JSON.stringify([bottom.files, words.no_figure]);
    if (now !== kinds) {
      kinds = now;
      files.replaceChildren(...bottom.files.map(({ kind, name, why }) => button(
        kind === "xlsx" ? "Excel" : kind.toUpperCase(), () => (why ? place.say(words[why]) : place.send("file", { kind })),
        { "data-kind": kind, title: words[why] || name, "aria-disabled": String(Boolean(why)) })));
    }
    put(again.opener, words.again);
    const commands = JSON.stringify([bottom.commands, bottom.gone, words.copy]);
    if (commands !== shape) {
      shape = commands;
      inside.replaceChildren(...bottom.commands.map(({ kind, name, text }) => {
        const code = make("pre", { tabindex: "0", "aria-label": name }, make("code", {}, text));
        const copy = button(words.copy, async () => {
          const done = await copied(text, code);
          put(copy, done ? words.copied : words.selected);
          place.say(copy.textContent);
        }, { "aria-label": `${words.copy}: ${name}`, "data-command": kind });
        return make("div", { class: "command" }, make("div", { class: "line" }, make("h3", {}, name), copy), code);
      }));
      if (!bottom.commands.length) inside.replaceChildren(make("p", { tabindex: "-1" }, bottom.gone || words.no_command));
    }
    const address = bottom.page ? addressOf(bottom.page.href) : "";
    page.hidden = !address;
    if (address) {
      page.href = address;
      page.title = bottom.page.name;
    }
    put(page, words.page);
    const typed = place.root.activeElement === key && key.value !== given;
    const other = bottom.key !== given;
    given = bottom.key;
    if (!typed && (other || refused.hidden)) settle();
    key.setAttribute("aria-label", words.key);
    put(copyKey, words.copy_key);
    put(go, words.key_go);
  };
  return { whole, draw, replied, stop: again.stop };
};

// A page is named from the folder in which the kernel works, that of the notebook; JupyterLab serves the files below its own folder by
// an address of their own, and no other: of these there is none.
const addressOf = (href, here = location.pathname) => {
  const base = (document.getElementById("jupyter-config-data") || {}).textContent;
  if (!base) return href;
  const { baseUrl } = JSON.parse(base);
  const [path, ...state] = href.split("#");
  const parts = (here.split("/tree/")[1] || "").split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === ".." && !parts.length) return "";
    if (part === "..") parts.pop();
    else if (part && part !== ".") parts.push(part);
  }
  return [`${baseUrl}files/${parts.join("/")}`, ...state].join("#");
};

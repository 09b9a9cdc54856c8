// The view: what is chosen and picked stands in the address, goes along to the other language, and can be saved as a file.
const axes = {}; // every value that a parameter can be switched to, the standard one first
kit.switched().forEach((exhibit) => kit.axesOf(exhibit).forEach(([name, , values]) => {
  axes[name] = [...new Set([...(axes[name] || []), ...values.map(([value]) => value)])];
}));
const names = () => shown.map(([park]) => park).filter((park) => picked.has(park)).join(",");
const base = { ...chosen, parks: names() }; // as the file has it: a saved page has another one
const pieces = (text) => text.replace(/^#/, "").split("&").filter(Boolean);
const anchor = (text) => pieces(text).find((piece) => !piece.includes("=")) || "";
const asked = (text) => Object.fromEntries(pieces(text).filter((piece) => piece.includes("=")).map((piece) => {
  const at = piece.indexOf("=");
  try { return [piece.slice(0, at), decodeURIComponent(piece.slice(at + 1))]; } catch { return [piece, ""]; }
}));
const state = () => Object.fromEntries([...Object.keys(axes).map((name) => [name, chosen[name]]), ["parks", names()]]);
const joined = (values) => [anchor(location.hash), ...Object.entries(values).map((pair) => pair.join("="))].filter(Boolean).join("&");
const twin = document.querySelector("header.site a[hreflang]");
const own = twin && asked(twin.dataset.asked ??= twin.hash); // what the page's own parameters ask of its twin
const lead = (hash) => { // by the attribute: the property would write the folder of this machine into a page that is saved
  const [file] = twin.getAttribute("href").split("#");
  twin.setAttribute("href", hash ? `${file}#${hash}` : file);
};
const keep = () => {
  const other = Object.fromEntries(Object.entries(state()).filter(([name, value]) => value !== base[name]));
  const hash = joined(other);
  if (hash !== location.hash.slice(1)) {
    try { history.replaceState(history.state, "", hash ? "#" + hash : location.href.split("#")[0]); } catch { /* it may not be changed */ }
  }
  if (!twin) return;
  const there = { ...own, ...state() };
  Object.entries(there).forEach(([name, value]) => {
    if (value === (axes[name] || [""])[0]) delete there[name];
  });
  lead(joined(own.parks && !there.parks ? { ...there, parks: own.parks } : there));
};
// What the address does not say, or says of what the page does not have, is as the file has it.
const take = (text) => {
  const given = asked(text);
  Object.keys(axes).forEach((name) => { chosen[name] = axes[name].includes(given[name]) ? given[name] : base[name]; });
  const wanted = (list) => list.split(",");
  kit.follow();
  kit.pickOnly(wanted(given.parks === "" || kit.known(wanted(given.parks || "")).length ? given.parks : base.parks));
  const place = document.getElementById(anchor(text));
  kit.reveal(place);
  if (place) place.scrollIntoView({ behavior: "instant" });
};
addEventListener("hashchange", () => {
  if (location.hash.includes("=") || !location.hash) take(location.hash);
  keep();
});
if (location.hash) take(location.hash);
keep();

// The page in this state as a file, for who passes it on where addresses are dropped.
const written = () => {
  const copy = page.cloneNode(true);
  kit.restore(copy);
  return "<!DOCTYPE html>\n" + copy.outerHTML;
};
if (tools) {
  const button = make("button", { type: "button", class: "save" }, words.save);
  button.addEventListener("click", () => {
    const values = Object.entries(state()).filter(([name, value]) => value !== (axes[name] || [""])[0]).map(([, value]) => value.replaceAll(",", "-"));
    const name = [stem, "view", ...values].join(".") + ".html";
    save(new Blob([written()], { type: "text/html" }), name);
    announce(say(words.saved, { name }));
  });
  tools.append(button);
}
settle();

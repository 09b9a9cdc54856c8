// In a notebook, once a window: every exhibit that brings its data (`data`, a script element that no browser runs) is alive in a
// shadow root behind its plain form, which is then hidden; whatever order outputs come in, however often they are drawn, taken out of
// the document and put back. What cannot be made alive stays plain.
const DATA = "parkstudy-data";
const HOST = "parkstudy-exhibit";
const notebookOf = (host) => host.closest(".jp-Notebook, .jp-NotebookPanel") || document.body;
const failed = new WeakSet();
const faces = new Set();
const peers = []; // of each exhibit: {host, kit, notebook}, as long as it is there

// Fonts are the document's: none that is declared in a shadow root is used there.
const declare = (face) => {
  if (!face || faces.has(face)) return;
  faces.add(face);
  const style = document.createElement("style");
  style.textContent = face;
  document.head.append(style);
};

// What leads to a page or a notebook beside the page leads nowhere here; a site opens in a window of its own.
const lead = (link) => {
  const to = link.getAttribute("href");
  if (/^https?:/.test(to)) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
  else if (!/^(#|data:|mailto:)/.test(to)) link.removeAttribute("href");
};

// What is switched in one exhibit is switched in all of its notebook; gives how many others follow.
const spread = (own, name) => {
  const kits = [];
  peers.splice(0, peers.length, ...peers.filter(({ host }) => host.deref()));
  const mine = peers.find(({ kit }) => kit === own);
  for (const { kit, notebook } of peers) {
    if (kit === own || !mine || notebook !== mine.notebook || !kit.switched().some((one) => kit.axesOf(one).some(([axis]) => axis === name))) continue;
    kit.chosen[name] = own.chosen[name];
    kit.follow();
    kits.push(kit);
  }
  return kits.length;
};

// No key in an exhibit reaches the notebook, but for the one that saves it.
const saving = (host) => host.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  const { key, code, keyCode, ctrlKey, metaKey, shiftKey } = event;
  host.parentElement.dispatchEvent(new KeyboardEvent("keydown", { key, code, keyCode, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true, composed: true }));
});

const attach = (data) => {
  const before = [];
  for (let one = data.previousElementSibling; one && !one.classList.contains(DATA); one = one.previousElementSibling) before.push(one);
  const host = document.createElement("div");
  try {
    const { body, face, ...facts } = JSON.parse(data.textContent);
    declare(face);
    host.className = HOST;
    host.lang = facts.lang;
    host.setAttribute("data-lm-suppress-shortcuts", "true");
    shade(host);
    saving(host);
    const root = host.attachShadow({ mode: "open" });
    root.innerHTML = `<style>${STYLE}</style>${body}`;
    root.querySelectorAll("a[href]").forEach(lead);
    data.after(host);
    const kit = alive(root, { ...facts, face: FACE + face, changed: (name) => (name ? spread(kit, name) : 0) });
    peers.push({ host: new WeakRef(host), kit, notebook: notebookOf(host) });
    before.forEach((one) => one.style.setProperty("display", "none", "important"));
  } catch (error) {
    console.error(error);
    failed.add(data);
    host.remove();
    before.forEach((one) => one.style.removeProperty("display"));
  }
};
const found = document.getElementsByClassName(DATA); // as it is now, always
const look = () => [...found].forEach((data) => {
  const host = data.nextElementSibling;
  const own = host && host.classList.contains(HOST);
  if (own && host.shadowRoot) return;
  if (own) host.remove(); // a copy, which has no root
  if (!failed.has(data)) attach(data);
});
const OURS = `.${DATA}, .${HOST}`;
const ours = (node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(OURS) || node.querySelector(OURS));
const shadeAll = () => [...document.getElementsByClassName(HOST)].forEach(shade);
declare(FACE);
declare(".jp-OutputArea-child:has(> * > script.parkstudy-loader) { display: none; }"); // of this script itself nothing is seen
look();
const observer = new MutationObserver((changes) => {
  if (changes.some((one) => one.type === "attributes")) shadeAll();
  if (changes.some((one) => [...one.addedNodes].some(ours))) { // a notebook changes with every key: most of it is not ours
    look();
    shadeAll(); // those that were out of the document
  }
});
observer.observe(document.documentElement, { subtree: true, childList: true });
observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"] });
return () => observer.disconnect();

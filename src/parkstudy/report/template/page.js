// A page: its exhibits alive, and what stands around them. The parts follow `alive` in one function.
"use strict";
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const { stem, ...given } = read("furniture");
const page = document.documentElement;
const kit = alive(document, {
  ...given, records: read("records"), face: document.getElementById("face").textContent, changed: () => keep(),
});
const { all, make, add, say, announce, words, chosen, picked, shown, some, settle, save } = kit;

// Where the pages do not fit beside each other, the one that is read is in sight.
all("nav a[aria-current]").forEach((link) => { link.parentElement.scrollLeft = (link.previousElementSibling || link).offsetLeft - link.parentElement.offsetLeft; });

// Parks to pick out, and the button that saves the view, behind the answer.
const tools = (some || document.querySelector(".switches")) && add("div", { class: "parks", role: "group", "aria-label": some ? words.pick : words.view });
if (tools) {
  const answer = document.querySelector(".takeaways");
  const cell = answer && answer.closest(".cell");
  const picture = cell && cell.nextElementSibling.matches(".code_cell") ? cell.nextElementSibling : null; // at once behind the answer
  (picture ? picture.nextElementSibling : cell || document.querySelector("main h1")).after(tools); // behind its code
  const end = document.querySelector(".about");
  new ResizeObserver(() => tools.classList.toggle("tall", tools.offsetHeight > innerHeight / 6)).observe(tools); // it would take the screen
  if (end) new IntersectionObserver(([seen]) => tools.classList.toggle("past", seen.boundingClientRect.top < innerHeight)).observe(end);
  if (some) kit.picker(tools);
}

all(".citation").forEach((citation) => {
  const button = make("button", { type: "button" }, citation.matches("pre") ? words.copy_bibtex : words.copy);
  button.addEventListener("click", async () => {
    getSelection().selectAllChildren(citation); // where the clipboard is closed to a page, the text is at least selected
    const done = navigator.clipboard ? await navigator.clipboard.writeText(citation.textContent).then(() => true, () => false) : document.execCommand("copy");
    announce(done ? words.copied : words.selected);
    button.textContent = done ? words.copied : words.selected;
  });
  citation.after(add("p", { class: "files" }, button));
});

// An index of many pages: a field that leaves the entries with its words. Without it all of them stand in their groups.
"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const find = document.getElementById("find");
  const none = document.getElementById("none");
  const [field, count] = find.querySelectorAll("input, output");
  const plain = (text) => text.normalize("NFKC").toLocaleLowerCase();
  const counted = (n) => n.toLocaleString("en");
  const groups = all(".entries, .group, .part");
  const entries = all(".entries li").map((entry) => {
    const names = [entry.closest(".group"), entry.closest(".part")].map((group) => (group ? group.dataset.name : ""));
    return { entry, text: plain([entry.textContent, ...names].join(" ")) };
  });
  let opened = null; // the groups that were open before the search
  const search = () => {
    const wanted = plain(field.value).split(/\s+/).filter(Boolean);
    entries.forEach(({ entry, text }) => { entry.hidden = !wanted.every((word) => text.includes(word)); });
    groups.forEach((group) => { group.hidden = !group.querySelector("li:not([hidden])"); });
    if (wanted.length) opened = opened || all(".group[open]");
    if (opened) all(".group").forEach((group) => { group.open = wanted.length ? !group.hidden : opened.includes(group); });
    if (!wanted.length) opened = null;
    const left = entries.filter(({ entry }) => !entry.hidden).length;
    count.textContent = wanted.length ? find.dataset.found.replace("{n}", counted(left)).replace("{all}", counted(entries.length)) : "";
    none.hidden = left > 0;
    document.body.classList.toggle("searching", wanted.length > 0);
    const above = find.nextElementSibling.getBoundingClientRect().top - find.offsetHeight;
    if (above < 0) scrollBy({ top: above, behavior: "instant" }); // what is left stands under the field
  };
  field.addEventListener("input", (event) => { if (!event.isComposing) search(); });
  field.addEventListener("compositionend", search);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !field.value) return;
    event.preventDefault();
    field.value = "";
    search();
  });
  find.hidden = false;
  search(); // a browser may have kept what was asked
})();

// A long legend or list of sources folds on a screen to its first lines; on paper, and for who hears the page, it is whole.
all(".sources, .legend").filter((list) => list.textContent.replace(/[^\x00-\xff]/g, "  ").length > 240).forEach((list) => {
  const words = list.firstChild;
  const end = words.data.search(/[:：]/);
  if (end < 0) return;
  const button = make("button", { "data-wraps": "", type: "button", class: "fold", "aria-expanded": "false" }, words.data.slice(0, end));
  const unfold = (whole) => {
    list.classList.toggle("folded", !whole);
    button.setAttribute("aria-expanded", String(whole));
    if (!whole) list.scrollTop = 0;
  };
  words.deleteData(0, end);
  list.prepend(button);
  on(button, "click", () => unfold(list.classList.contains("folded")));
  on(list, "focusin", (event) => { if (event.target !== button) unfold(true); }); // a link must not hide its focus
  on(list, "scroll", () => { if (list.scrollTop) unfold(true); }); // nor a word that the browser has found
  unfold(false);
});

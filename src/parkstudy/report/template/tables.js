// Tables that sort and filter; on a telephone each row is a card.
const order = new Intl.Collator(root.lang, { numeric: true });
const value = (row, place) => row.cells[place].dataset.value === undefined ? null : Number(row.cells[place].dataset.value);
const sort = (table, place, descending) => {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const numeric = rows.some((row) => value(row, place) !== null);
  const compare = (a, b) => {
    if (!numeric) return order.compare(a.cells[place].textContent, b.cells[place].textContent) * (descending ? -1 : 1);
    const [x, y] = [value(a, place), value(b, place)];
    if (x === null || y === null) return (x === null) - (y === null); // what has no value stands last either way
    return (x - y) * (descending ? -1 : 1);
  };
  body.append(...rows.sort(compare));
};
// The first columns, up to the one with which no two rows are alike, tell rows apart: they are the head of a card.
const telling = (rows) => {
  const alike = (count) => new Set(rows.map((row) => [...row.cells].slice(0, count).map((cell) => cell.textContent).join("\n"))).size;
  const most = Math.min(3, rows[0].cells.length - 1);
  let count = 1;
  while (count < most && alike(count) < rows.length) count += 1;
  return count;
};
all(".exhibit table").forEach((table) => {
  const heads = all("thead th", table);
  const rows = [...table.tBodies[0].rows];
  const apart = telling(rows);
  table.classList.toggle("cards", heads.length > 3);
  table.classList.toggle("few", rows.length < 8);
  rows.forEach((row) => [...row.cells].forEach((cell, place) => {
    if (place < apart) cell.classList.toggle("tells", place > 0);
    else cell.dataset.label = heads[place].textContent;
  }));
  heads.forEach((head, place) => {
    // No <button>: a printed table repeats its head on every sheet, and Chromium leaves buttons out of it.
    const button = make("span", { "data-wraps": "", role: "button", tabindex: "0", class: "sort" }, ...head.childNodes);
    press(button, () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sort(table, place, descending);
    });
    head.append(button);
  });
  if (rows.length < 8) return;
  const field = make("input", { type: "search" });
  const count = make("output");
  const none = add("p", { class: "empty none", hidden: "" }, words.no_rows);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLocaleLowerCase().split(/\s+/);
    rows.forEach((row) => { row.hidden = !wanted.every((word) => row.textContent.toLocaleLowerCase().includes(word)); });
    const left = rows.filter((row) => !row.hidden).length;
    count.textContent = field.value.trim() ? say(words.rows, { n: left, all: rows.length }) : "";
    none.hidden = left > 0;
    settle();
  });
  table.closest(".scroll").before(add("div", { class: "filter" }, make("label", {}, words.filter + " ", field), count));
  table.after(none);
});

// A spreadsheet takes a number with a typographic minus for a word: what is copied has the plain one.
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  const text = selection.toString();
  const minus = (copied) => copied.replace(/\u2212(?=[\d.])/g, "-");
  if (minus(text) === text || /^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
  const range = selection.getRangeAt(0);
  const inside = range.commonAncestorContainer;
  const place = inside.nodeType === Node.ELEMENT_NODE ? inside : inside.parentElement;
  let copy = make("div", {}, range.cloneContents());
  if (place.matches("tr")) copy = make("div", {}, make("tr", {}, ...copy.childNodes));
  if (place.matches("table, thead, tbody, tr")) copy = make("div", {}, make("table", {}, ...copy.childNodes));
  event.clipboardData.setData("text/plain", minus(text));
  event.clipboardData.setData("text/html", minus(copy.innerHTML));
  event.preventDefault();
});

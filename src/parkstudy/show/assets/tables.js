// Tables that sort, filter and, where they are long, have pages; on a telephone each row is a card.
const LONG = 60;
const LINES = 25; // on a page of a table that is longer than `LONG`
const order = new Intl.Collator(facts.lang, { numeric: true });
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
// The rows of a long table that its filter leaves, a page of them at a time; of parks that are picked out theirs alone. Gives what
// turns to the first page, or to that of a row.
const paged = (table, tools) => {
  const box = table.closest(".scroll");
  const where = make("span");
  const [back, on] = [words.back, words.on].map((text) => make("button", { type: "button" }, text));
  const bar = make("span", { class: "turns" }, back, where, on);
  let at = 0;
  const turn = (to = 0) => {
    const rows = [...table.tBodies[0].rows];
    const left = rows.filter((row) => !row.hidden);
    const own = left.filter((row) => row.dataset.park && named(row).some((park) => picked.has(park)));
    const some = own.length ? own : left;
    const last = Math.max(0, Math.ceil(some.length / LINES) - 1);
    at = Math.max(0, Math.min(last, typeof to === "number" ? to : Math.floor(some.indexOf(to) / LINES)));
    rows.forEach((row) => row.classList.add("off"));
    const shown = some.slice(at * LINES, (at + 1) * LINES);
    shown.forEach((row) => row.classList.remove("off"));
    where.textContent = say(words.lines, { from: at * LINES + 1, to: at * LINES + shown.length, all: some.length });
    bar.classList.toggle("alone", last === 0);
    back.setAttribute("aria-disabled", String(at === 0));
    on.setAttribute("aria-disabled", String(at === last));
  };
  [[back, -1], [on, 1]].forEach(([button, way]) => button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    turn(at + way);
    box.scrollTop = 0;
    settle();
    announce(where.textContent);
  }));
  tools.append(bar);
  turns.set(table, turn);
  return turn;
};
// A row to which a link leads is on the page that is shown.
const reveal = (place) => {
  const row = place && place.closest("tr.off");
  if (row) turns.get(row.closest("table"))(row);
};
on(root, "click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const place = link && root.getElementById(link.hash.slice(1));
  reveal(place);
  if (!link || !root.host) return;
  event.preventDefault(); // the address of a notebook's window is not the root's
  if (place) place.scrollIntoView({ block: "nearest" });
});
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
  let turn = () => {};
  heads.forEach((head, place) => {
    // No <button>: a printed table repeats its head on every sheet, and Chromium leaves buttons out of it.
    const button = make("span", { "data-wraps": "", role: "button", tabindex: "0", class: "sort" }, ...head.childNodes);
    press(button, () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sort(table, place, descending);
      turn();
    });
    head.append(button);
  });
  if (rows.length < 8) return;
  const field = make("input", { type: "search" });
  const count = make("output");
  const after = table.closest(".scroll").nextElementSibling; // what says that these are the first rows of more
  const cut = after && after.matches(".cut");
  const none = add("p", { class: "empty none", hidden: "" }, cut ? say(words.no_rows_here, { n: rows.length }) : words.no_rows);
  const filter = add("div", { class: "filter" }, make("label", {}, words.filter + " ", field), count);
  if (rows.length > LONG) turn = paged(table, filter);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLocaleLowerCase().split(/\s+/);
    rows.forEach((row) => { row.hidden = !wanted.every((word) => row.textContent.toLocaleLowerCase().includes(word)); });
    const left = rows.filter((row) => !row.hidden).length;
    count.textContent = field.value.trim() ? say(words.rows, { n: left, all: rows.length }) : "";
    none.hidden = left > 0;
    turn();
    settle();
  });
  table.closest(".scroll").before(filter);
  table.after(none);
  turn();
});

// A spreadsheet takes a number with a typographic minus for a word: what is copied has the plain one.
on(root, "copy", (event) => {
  const selection = (root.getSelection ? root : document).getSelection(); // some browsers have one for each shadow root
  const text = selection.toString();
  const minus = (copied) => copied.replace(/\u2212(?=[\d.])/g, "-");
  if (minus(text) === text || !selection.rangeCount || (root.activeElement && /^(INPUT|TEXTAREA)$/.test(root.activeElement.tagName))) return;
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

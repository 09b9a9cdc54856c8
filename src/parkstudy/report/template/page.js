// What makes a page alive where no kernel answers: switches, parks, tables, the record behind a number, files.
// Without it the page is complete in its first state.
(() => {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const { words, labels, parks } = read("furniture");
  const records = read("records");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const keys = (act) => (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); }
  };
  const press = (element, act) => {
    element.addEventListener("click", act);
    element.addEventListener("keydown", keys(act));
  };
  const say = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const live = make("p", { class: "spoken", role: "status" });
  const announce = (text) => { live.textContent = text; };

  // Where the pages do not fit beside each other, the one that is read is in sight.
  all("nav a[aria-current]").forEach((link) => { link.parentElement.scrollLeft = link.offsetLeft - link.parentElement.offsetLeft - 48; });

  // The record behind a number.
  const dialog = make("dialog", { class: "record", "aria-labelledby": "record-title" });
  const lines = (record) => {
    const list = make("dl");
    record.values.forEach((value, place) => {
      if (value) list.append(make("dt", {}, labels[record.kind][place]), make("dd", {}, ...spoken(value)));
    });
    return list;
  };
  // Chinese words on an English page are named as such, so that a screen reader changes its voice.
  const spoken = (text) => {
    if (document.documentElement.lang !== "en") return [text];
    return text.split(/([\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+)/).filter(Boolean).map(
      (piece) => (/[\u3400-\u9fff]/.test(piece) ? make("span", { lang: "zh-Hans" }, piece) : piece));
  };
  const chapter = (key, level, seen) => {
    const record = records[key];
    const part = make("section", {}, make("h" + level, level === 2 ? { id: "record-title" } : {}, ...spoken(record.title)), lines(record));
    const inputs = record.inputs.filter((input) => records[input] && !seen.includes(input));
    if (inputs.length) {
      part.append(make("p", { class: "inputs" }, say(words.rests, { n: inputs.length })));
      inputs.forEach((input) => part.append(chapter(input, Math.min(level + 1, 4), [...seen, input])));
    }
    return part;
  };
  const open = (key) => {
    const close = make("button", { type: "button", class: "close" }, words.close);
    close.addEventListener("click", () => dialog.close());
    dialog.replaceChildren(close, chapter(key, 2, [key]));
    dialog.showModal();
    dialog.scrollTop = 0;
  };
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-opens]");
    if (mark && records[mark.dataset.opens]) open(mark.dataset.opens);
  });
  all("span.number[data-opens]").filter((number) => records[number.dataset.opens]).forEach((number) => {
    number.setAttribute("role", "button");
    number.setAttribute("aria-haspopup", "dialog");
    number.tabIndex = 0;
    number.addEventListener("keydown", keys(() => open(number.dataset.opens)));
  });

  // The parameters that exhibits obey; every exhibit of the page follows.
  const chosen = {};
  const choices = (state) => Object.fromEntries(state.dataset.when.split(" ").filter(Boolean).map((pair) => pair.split("=")));
  const follow = () => all(".exhibit[data-axes]").forEach((exhibit) => {
    const states = all(":scope > .state", exhibit);
    const fits = (state) => Object.entries(choices(state)).every(([name, value]) => chosen[name] === value);
    const own = states.find(fits) || states.find((state) => !state.hidden);
    states.forEach((state) => { state.hidden = state !== own; });
    const shown = choices(own);
    all("input[type=radio]", exhibit).forEach((radio) => { radio.checked = shown[radio.dataset.axis] === radio.value; });
  });
  const obeying = (name) => all(".exhibit[data-axes]").filter((exhibit) => JSON.parse(exhibit.dataset.axes).some((axis) => axis[0] === name));
  all(".exhibit[data-axes]").forEach((exhibit) => {
    const first = choices(exhibit.querySelector(".state"));
    Object.entries(first).forEach(([name, value]) => { chosen[name] = chosen[name] || value; });
    const tools = make("div", { class: "switches" });
    JSON.parse(exhibit.dataset.axes).forEach(([name, label, values]) => {
      const set = make("fieldset", {}, make("legend", {}, label));
      values.forEach(([value, text]) => {
        const radio = make("input", { type: "radio", name: exhibit.id + "-" + name, value, "data-axis": name });
        radio.checked = first[name] === value;
        radio.addEventListener("change", () => {
          const top = exhibit.getBoundingClientRect().top;
          chosen[name] = value;
          follow();
          window.scrollBy({ top: exhibit.getBoundingClientRect().top - top, behavior: "instant" });
          announce(say(words.follows, { label, value: text, n: obeying(name).length }));
        });
        set.append(make("label", {}, radio, make("span", {}, text)));
      });
      tools.append(set);
    });
    if (exhibit.querySelector(".takeaways")) exhibit.append(tools); // nothing stands before the answer
    else exhibit.prepend(tools);
  });

  // Parks that are picked out; the others dim.
  const picked = new Set();
  const named = (element) => element.dataset.park.split(" ");
  const dim = () => all("svg [data-park], tr[data-park]").forEach((element) => {
    element.classList.toggle("dim", picked.size > 0 && !named(element).some((park) => picked.has(park)));
  });
  const present = new Set(all("svg [data-park], tr[data-park]").flatMap(named));
  const shown = parks.filter(([park]) => present.has(park));
  if (shown.length > 1) {
    const bar = make("div", { class: "parks", role: "group", "aria-label": words.pick }, make("span", { "aria-hidden": "true" }, words.pick));
    const buttons = shown.map(([park, name, colour]) => {
      const button = make("button", { type: "button", "aria-pressed": "false", style: `--park:var(--${colour})` }, name);
      button.addEventListener("click", () => {
        if (!picked.delete(park)) picked.add(park);
        button.setAttribute("aria-pressed", String(picked.has(park)));
        dim();
        announce(picked.size ? say(words.picked, { names: shown.filter(([id]) => picked.has(id)).map(([, text]) => text).join(", ") }) : words.everyone);
      });
      return button;
    });
    bar.append(...buttons);
    const answer = document.querySelector(".takeaways");
    const place = answer ? answer.closest(".cell").nextElementSibling : document.querySelector("main h1"); // behind its code
    place.after(bar);
    const end = document.querySelector(".about");
    if (end) new IntersectionObserver(([seen]) => bar.classList.toggle("past", seen.boundingClientRect.top < innerHeight)).observe(end);
  }

  // A long legend or list of sources folds on a screen to its first lines; on paper, and for who hears the page, it is whole.
  all(".sources, .legend").filter((list) => list.textContent.replace(/[^\x00-\xff]/g, "  ").length > 240).forEach((list) => {
    const words = list.firstChild;
    const end = words.data.search(/[:：]/);
    if (end < 0) return;
    const button = make("button", { type: "button", class: "fold", "aria-expanded": "false" }, words.data.slice(0, end));
    const unfold = (whole) => {
      list.classList.toggle("folded", !whole);
      button.setAttribute("aria-expanded", String(whole));
      if (!whole) list.scrollTop = 0;
    };
    words.deleteData(0, end);
    list.prepend(button);
    button.addEventListener("click", () => unfold(list.classList.contains("folded")));
    list.addEventListener("focusin", (event) => { if (event.target !== button) unfold(true); }); // a link must not hide its focus
    unfold(false);
  });

  // Tables that sort and filter.
  const value = (row, place) => row.cells[place].dataset.value === undefined ? null : Number(row.cells[place].dataset.value);
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
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
  all(".exhibit table").forEach((table) => {
    all("thead th", table).forEach((head, place) => {
      // No <button>: a printed table repeats its head on every sheet, and Chromium leaves buttons out of it.
      const button = make("span", { role: "button", tabindex: "0", class: "sort" }, ...head.childNodes);
      press(button, () => {
        const descending = head.getAttribute("aria-sort") === "ascending";
        all("thead th", table).forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        sort(table, place, descending);
      });
      head.append(button);
    });
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 8) return;
    const field = make("input", { type: "search" });
    const count = make("output", {}, "");
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLocaleLowerCase().split(/\s+/);
      rows.forEach((row) => { row.hidden = !wanted.every((word) => row.textContent.toLocaleLowerCase().includes(word)); });
      count.textContent = field.value.trim() ? say(words.rows, { n: rows.filter((row) => !row.hidden).length, all: rows.length }) : "";
    });
    table.closest(".scroll").before(make("div", { class: "filter" }, make("label", {}, words.filter + " ", field), count));
  });

  // Figures as files: colours and font go with them.
  const save = (blob, name) => {
    const link = make("a", { download: name, href: URL.createObjectURL(blob) });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const source = (chart) => {
    const copy = chart.cloneNode(true);
    const [, , width, height] = copy.getAttribute("viewBox").split(" ").map(Number);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("xmlns:xlink", "http://www.w3.org/1999/xlink");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    all("[data-opens], [data-park]", copy).forEach((mark) => { mark.removeAttribute("class"); mark.removeAttribute("data-opens"); mark.removeAttribute("data-park"); });
    const face = document.getElementById("face").textContent;
    const fixed = (tag) => tag.replace(/var\(--[a-z0-9-]+, ?(#[0-9a-f]{6})\)/g, "$1"); // colours, never words
    const text = new XMLSerializer().serializeToString(copy).replace(/<[^>]*>/g, fixed);
    const look = `<style>${face}text{font-family:"Noto Sans SC",sans-serif}*{stroke-linejoin:round;stroke-linecap:butt}</style>`;
    return { width, height, text: text.replace(/>/, `>${look}<rect width="100%" height="100%" fill="#ffffff"/>`) };
  };
  const picture = async (chart, name) => {
    const { width, height, text } = source(chart);
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
    await image.decode();
    const scale = Math.max(2, 1600 / width);
    const canvas = make("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(blob, name + ".png"), "image/png");
  };
  all(".state").forEach((state) => {
    if (!state.querySelector(".chart svg")) return;
    const name = state.closest(".exhibit").id;
    const files = state.querySelector(".files");
    const chart = () => all(".chart", state).find((drawn) => drawn.offsetParent !== null).querySelector("svg");
    const button = (text, act) => {
      const element = make("button", { type: "button" }, text);
      element.addEventListener("click", act);
      files.append(element);
    };
    button("SVG", () => save(new Blob([source(chart()).text], { type: "image/svg+xml" }), name + ".svg"));
    button("PNG", () => picture(chart(), name));
  });

  const citation = document.getElementById("citation");
  if (citation) {
    const button = make("button", { type: "button" }, words.copy);
    button.addEventListener("click", async () => {
      getSelection().selectAllChildren(citation); // where the clipboard is closed to a page, the text is at least selected
      const done = navigator.clipboard ? await navigator.clipboard.writeText(citation.textContent).then(() => true, () => false) : document.execCommand("copy");
      announce(done ? words.copied : words.selected);
      button.textContent = done ? words.copied : words.selected;
    });
    citation.after(make("p", { class: "files" }, button));
  }
  document.body.append(dialog, live);
  document.documentElement.classList.add("live");
})();

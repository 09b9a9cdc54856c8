// Views that were drawn before: what was sent of each, by what was wanted, so that it is drawn again at once while the kernel says the
// same. What it says counts: where it is something else, that is drawn over it.
const MOST_SEEN = 40, LONGEST_SEEN = 500000; // views, and signs of one
const seenViews = () => {
  const seen = new Map();
  let data = "";
  const sign = ({ now, tab, width }) => JSON.stringify([...Object.entries(now).sort(), tab, width]);
  const plain = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const parts = (key) => key.trim().replace(/^#/, "").split("&").map((part) => {
    const at = part.indexOf("=");
    return at < 0 ? ["measure", plain(part)] : [part.slice(0, at), plain(part.slice(at + 1))];
  });
  const keyed = (key, { now, tab, width }) => { // what a key says is wanted, and nothing acts that it does not say
    const asked = { lang: now.lang, data: now.data, ...Object.fromEntries(parts(key)) };
    const fits = ({ bottom, at }) => at.tab === tab && at.width === width && Object.entries(asked).every(([name, value]) => at.now[name] === value)
      && parts(bottom.key).every(([name]) => name in asked);
    const found = [...seen].reverse().find(([, panels]) => fits(panels));
    return found ? found[0] : "";
  };
  // Where a message leads from a view, as far as that is known here: a sign of `seen`, and what stands before and behind it.
  const leads = ({ at, bottom }, { do: name, choice, key, tab }) => {
    const { now } = at;
    const on = { undo: true, redo: false, back: now, forth: null };
    if (name === "set") return [sign({ ...at, now: { ...now, ...choice } }), on];
    if (name === "paste") return [keyed(key, at), on];
    if (name === "undo" && at.back) return [sign({ ...at, now: at.back }), { undo: true, redo: true, back: null, forth: now }];
    if (name === "redo" && at.forth) return [sign({ ...at, now: at.forth }), { undo: true, redo: true, back: now, forth: null }];
    if (name === "tab") return [sign({ ...at, tab }), { undo: bottom.undo, redo: bottom.redo, back: at.back, forth: at.forth }];
    return ["", {}];
  };
  return {
    keep: (panels) => {
      const { top, view, at } = panels;
      const open = JSON.stringify([top.data.folder, top.data.edition, top.data.moved]);
      if (open !== data) seen.clear();
      data = open;
      if (at.more || (view.html || "").length > LONGEST_SEEN) return;
      const own = sign(at);
      seen.delete(own);
      seen.set(own, panels);
      if (seen.size > MOST_SEEN) seen.delete(seen.keys().next().value);
    },
    ahead: (panels, message) => {
      if (panels.at.more) return null;
      const [own, on] = leads(panels, message);
      const found = seen.get(own);
      if (!found) return null;
      const { undo, redo, back, forth } = on;
      const same = found.top.lang === panels.top.lang;
      const bottom = { ...found.bottom, undo, redo, kept: panels.bottom.kept };
      const drawer = message.do === "tab" || !panels.drawer ? panels.drawer : { key: "", title: "", html: "" };
      const top = same ? panels.top : { ...found.top, data: panels.top.data };
      return { ...found, top, bottom, drawer, faces: panels.faces, found: panels.found, at: { ...found.at, back, forth } };
    },
  };
};

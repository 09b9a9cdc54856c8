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
  const fixed = (tag) => tag.replace(/var\(--[a-z0-9-]+, ?(#[0-9a-f]{6})\)/g, "$1"); // colours, never words
  const text = new XMLSerializer().serializeToString(copy).replace(/<[^>]*>/g, fixed);
  const look = `<style>${facts.face || ""}text{font-family:"Noto Sans SC",sans-serif}*{stroke-linejoin:round;stroke-linecap:butt}</style>`;
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
    const element = add("button", { type: "button" }, text);
    element.addEventListener("click", act);
    files.append(element);
  };
  button("SVG", () => save(new Blob([source(chart()).text], { type: "image/svg+xml" }), name + ".svg"));
  button("PNG", () => picture(chart(), name));
});

"""A panel in a browser, with a model in the place of a kernel: what it asks again, and a file that the browser cannot make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from parkstudy.panels.panel import script

pytestmark = pytest.mark.slow  # draws in a browser

OPEN = """async (code) => {
  HTMLCanvasElement.prototype.toBlob = function (done) { done(null); };  // as of more dots than it can hold
  CanvasRenderingContext2D.prototype.getImageData = () => ({ data: new Uint8Array(60 * 60 * 4).fill(1) });  // no font: boxes
  const module = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  window.saving = module.saving;
  window.sent = [];
  window.alive = false;
  const heard = {};
  const model = {
    get: (name) => ({ panels: {}, words: { gone: 'gone' } })[name], set() {}, on: (name, act) => { heard[name] = act; },
    send: (message) => { if (!window.alive) throw new Error('no kernel'); window.sent.push(message.signs); },
  };
  const widget = module.default();
  widget.initialize({ model });
  const el = document.body.appendChild(document.createElement('div'));
  widget.render({ model, el });
  window.heard = heard;
  window.touch = () => { el.firstChild.shadowRoot.querySelector('.spoken').textContent += '.'; };
}"""
SCREEN = "const options = {}; const screen = (place) => ({ draw() { place.body.textContent = '园区'; } }); export { saved as saving };"
SMALL = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI5IiBoZWlnaHQ9IjkiLz4="  # an SVG of 9 by 9


def test_signs_that_no_kernel_sent_are_asked_for_again_and_a_picture_of_no_dots_is_told(
    browser: Any, tmp_path: Path
) -> None:
    (tmp_path / "own.js").write_text(SCREEN, encoding="utf-8")
    (tmp_path / "own.css").touch()
    page = browser.new_page()
    page.evaluate(OPEN, script(tmp_path / "own"))

    def asked(times: int) -> list[str]:
        page.evaluate("touch()")
        page.wait_for_timeout(150)
        page.wait_for_function(f"sent.length === {times}")
        return page.evaluate("sent")

    assert asked(0) == []  # nobody had them
    page.evaluate("alive = true")
    assert asked(1) == ["园区"]
    assert asked(1) == ["园区"]  # asked for once
    page.evaluate("heard.comm_live_update()")  # the kernel went before it answered
    assert asked(2) == ["园区", "园区"]
    page.evaluate("heard['msg:custom']({ face: '@font-face{}' }); heard.comm_live_update()")
    assert asked(2) == ["园区", "园区"]  # they are there
    picture = {"name": "a.png", "type": "image/svg+xml", "base64": SMALL}
    why = page.evaluate("(file) => saving(file).then(() => '', (error) => error.message)", picture)
    assert why == "1800 × 1800"
    page.close()

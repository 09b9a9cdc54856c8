"""A panel: one plain function behind it, payloads that a later view starts from, and what stands where no kernel answers."""

from __future__ import annotations

import pytest

from parkstudy.panels.panel import HERE, Panel, script

WIDGET = "application/vnd.jupyter.widget-view+json"
SCREEN = HERE / "panel"  # any script and style will do where none is drawn


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr(Panel, "send", lambda _self, content, _buffers=None: messages.append(content))
    return messages


def panel(handler, **more):
    return Panel(handler, {"top": {"a": 1}, "view": {"b": 1}}, SCREEN, **more)


def test_a_message_goes_to_the_handler_and_its_answer_back(sent):
    opened = panel(lambda message: {"panels": {"view": {"b": message["value"]}}, "said": "two"})
    opened._handle_custom_msg({"n": 3, "do": "set", "value": 2}, [])
    assert sent == [{"n": 3, "panels": {"view": {"b": 2}}, "error": "", "cause": "", "said": "two"}]
    assert opened.panels == {"top": {"a": 1}, "view": {"b": 2}}
    assert opened.get_state("panels")["panels"] == opened.panels  # what a page that is loaded anew asks for


def test_an_error_is_told_with_its_cause_and_leaves_the_payloads(sent):
    def broken(_message):
        raise ValueError("no such park: x")

    opened = panel(broken, lang="zh")
    opened._handle_custom_msg({"n": 4, "do": "set"}, [])
    (reply,) = sent
    assert reply["error"] == "这一项无法显示，此前的内容已变灰。请改选其他内容，或再试一次。"
    assert reply["cause"] == "程序原文（英文）：ValueError: no such park: x"
    assert reply["n"] == 4
    assert opened.panels == {"top": {"a": 1}, "view": {"b": 1}}


def test_a_kernel_that_is_interrupted_answers(sent):
    def stopped(_message):
        raise KeyboardInterrupt

    panel(stopped)._handle_custom_msg({"n": 5, "do": "set"}, [])
    assert [(reply["n"], reply["cause"]) for reply in sent] == [(5, "KeyboardInterrupt")]


def test_of_a_payload_the_parts_that_changed_are_laid_over_it(sent):
    opened = Panel(
        lambda _message: {"panels": {"left": {"b": 2}, "rows": [3]}}, {"left": {"a": 1, "b": 1}, "rows": [1]}, SCREEN
    )
    opened._handle_custom_msg({"n": 1, "do": "set"}, [])
    assert opened.panels == {"left": {"a": 1, "b": 2}, "rows": [3]}
    assert sent[0]["panels"] == {"left": {"b": 2}, "rows": [3]}


def test_payloads_can_be_sent_unasked(sent):
    opened = panel(lambda _message: {})
    opened.show(view={"b": 9})
    assert sent[0]["panels"] == {"view": {"b": 9}}
    assert opened.panels["view"] == {"b": 9}


def test_it_is_shown_behind_what_stands_where_no_kernel_answers(monkeypatch):
    class First:
        def _repr_mimebundle_(self):
            return {"text/html": "<p>claim</p>", "text/plain": "claim"}, {"parkstudy": {}}

    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **more: shown.append((data, more.get("metadata"))))
    panel(lambda _message: {}, first=First())._ipython_display_()
    panel(lambda _message: {}, lang="zh")._ipython_display_()
    (first, notes), (alive, _), (asleep, _), _ = shown
    assert first["text/html"].startswith('<p>claim</p><span class="parkstudy-first">')
    assert WIDGET not in first
    assert notes == {"parkstudy": {}}
    assert (set(alive), alive["text/html"], alive["text/plain"]) == ({WIDGET, "text/html", "text/plain"}, "", "")
    assert asleep["text/html"].startswith("<p>运行该单元格后，此处即可打开。</p>")


def test_the_module_asks_for_nothing_from_elsewhere():
    text = script(SCREEN)
    assert text.endswith("export default panel(screen, options);\n")
    text = text.replace("http://www.w3.org/", "")  # the names of the languages of drawings
    assert not [word for word in ("http:", "https:", "import ", "import(") if word in text]


def test_a_browser_without_a_chinese_font_is_given_the_signs_it_shows(sent, monkeypatch):
    handled = []
    panel(handled.append)._handle_custom_msg({"do": "face", "signs": "园区园"}, [])
    ((face,),) = [reply.values() for reply in sent]
    assert face.startswith('@font-face{font-family:"Noto Sans SC";')
    assert face.endswith("unicode-range:U+533A,U+56ED}")
    monkeypatch.setattr("parkstudy.panels.panel.svg.face", lambda *_, **__: 1 / 0)
    panel(handled.append)._receive(None, {"do": "face", "signs": "园"}, [])
    assert handled == []

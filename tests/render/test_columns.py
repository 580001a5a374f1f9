"""Values in columns: what gives way where there is no room."""

from __future__ import annotations

from tui.render.columns import Entry, lay_out


def test_a_note_gives_way_to_its_number() -> None:
    entries = [Entry("0.8424", is_number=True, note="epoch 14"), Entry("0.5", is_number=True, note="epoch 2")]
    narrow = ["".join(text for text, _ in spans).strip() for spans in lay_out(entries, 9)]
    assert narrow == ["0.8424", "0.5"]
    assert [spans[-1] for spans in lay_out(entries, None)] == [(" (epoch 14)", "dim"), (" (epoch 2)", "dim")]

"""`verify FOLDER`: whole, changed, rewritten; without any store."""

from __future__ import annotations

import pytest

from maturity.cli import main
from maturity.roadmap.editions import edition_hash
from maturity.roadmap.ledger import edition_file, ledger_text

from .roadmap.editions import chain_of_three, ledger_of, texts_of

TEXTS, LEDGER = texts_of(*chain_of_three()), ledger_of(*chain_of_three())


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "editions").mkdir()
    for number, text in TEXTS.items():
        (tmp_path / "editions" / edition_file(number)).write_bytes(text.encode())
    (tmp_path / "editions" / "ledger.json").write_text(ledger_text(LEDGER.values()), encoding="utf-8")
    return tmp_path


def test_a_whole_chain_is_said_with_its_last_hash(folder, capsys):
    for place in (folder, folder / "editions"):
        assert main(["verify", str(place)]) == 0
        assert capsys.readouterr().out == f"3 editions, chain whole, last is edition 3 with hash {LEDGER[3].sha256}\n"


def test_a_changed_byte_is_named(folder, capsys):
    (folder / "editions" / "0002.json").write_bytes(TEXTS[2].replace("Town", "Torn").encode())
    assert main(["verify", str(folder)]) == 1
    assert "edition 2 was changed after it was published" in capsys.readouterr().err


def test_a_hash_noted_elsewhere_is_compared(folder, capsys):
    assert main(["verify", str(folder), "--hash", f"1:{edition_hash(TEXTS[1])}"]) == 0
    assert main(["verify", str(folder), "--hash", f"1:{'f' * 64}"]) == 1
    assert "does not have the hash that was noted elsewhere" in capsys.readouterr().err
    assert main(["verify", str(folder), "--hash", "1"]) == 1


def test_a_folder_without_editions_is_refused(tmp_path, capsys):
    assert main(["verify", str(tmp_path)]) == 1
    assert "there is no edition in it" in capsys.readouterr().err

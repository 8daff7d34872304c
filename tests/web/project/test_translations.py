"""Everything a person reads is there in Finnish and Swedish."""

from __future__ import annotations

from django.utils.translation import gettext, override

from luukku.web.project import translations


def test_every_string_is_translated_and_none_is_unsure():
    assert translations.faults() == []


def test_strings_are_found_in_code_templates_and_the_country(tmp_path):
    room = tmp_path / "room"
    (room / "templates").mkdir(parents=True)
    (room / "views.py").write_text('from x import gettext as _\n_("From code")\nngettext("one", "many", 2)\n')
    (room / "templates" / "page.html").write_text(
        '<div>\n   {% translate "From a template" %}\n {% blocktranslate trimmed %}\n  Two\n  {{ lines }}\n {% endblocktranslate %}\n'
        '{% notice title=_("An argument") %}x{% endnotice %}</div>\n'
    )
    found = {text for _file, text, _context in translations.messages(room)}
    assert {"From code", ("one", "many"), "From a template", "Two %(lines)s", "An argument"} <= found
    assert "Table 1" in found


def test_a_string_that_is_not_translated_is_told(monkeypatch):
    known = translations.template()
    known.add("A new sentence")
    monkeypatch.setattr(translations, "template", lambda: known)
    assert "sv: not taken into the file: 'A new sentence'" in translations.faults()


def test_compiled_translations_are_what_pages_say():
    with override("sv"):
        assert gettext("Sources") == "Källor"
    with override("fi"):
        assert gettext("Sources") == "Lähteet"

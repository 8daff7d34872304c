"""The spaces of a joint point against the reform's rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from luukku.premises.compliance import RULES, WORDS, Space, compliance, passes

HERE = "Kauppakatu 40, Joensuu"


@pytest.fixture
def sound() -> list[Space]:
    kinds = ("counter", "self_service", "remote", "expert", "back_office")
    return [Space(kind, kind, 10.0, HERE) for kind in kinds]


def rules(findings) -> set[str]:
    return {finding.rule for finding in findings}


def test_a_sound_point_passes_without_a_word(sound):
    assert compliance(HERE, sound) == ()


def test_back_office_at_another_address_stops_the_plan(sound):
    spaces = [*sound[:-1], replace(sound[-1], address="Torikatu 36, Joensuu")]
    findings = compliance(HERE, spaces)
    assert rules(findings) == {"back_office_elsewhere"}
    assert not passes(findings)


def test_the_same_address_written_otherwise_is_the_same(sound):
    assert compliance("kauppakatu  40 joensuu", sound) == ()


def test_a_named_desk_stops_the_plan(sound):
    findings = compliance(HERE, [*sound, Space("huone 3", "office", 12, HERE, named_for="Johtaja")])
    assert rules(findings) == {"named_desk"}
    assert not passes(findings)


def test_an_own_entrance_is_an_exception_that_needs_a_reason(sound):
    own = Space("Migri", "counter", 20, HERE, authority="MIGRI", own_entrance=True)
    assert not passes(compliance(HERE, [*sound, own]))
    with_reason = compliance(HERE, [*sound, replace(own, reason="turvallisuus")])
    assert rules(with_reason) == {"entrance_with_reason"}
    assert passes(with_reason)
    assert "turvallisuus" in with_reason[0].text("fi")


def test_police_and_court_houses_and_kela_s_offices_stop_the_plan_but_the_permit_service_does_not(sound):
    police = Space("komisario", "office", 12, HERE, building="police_house", reason="x")
    permit = Space("lupapalvelu", "counter", 12, HERE, authority="POLL", building="police_house")
    kela = Space("Kelan toimisto", "office", 12, HERE, authority="KELA", reason="x")
    assert "out_of_scope" in rules(compliance(HERE, [*sound, police]))
    assert "out_of_scope" in rules(compliance(HERE, [*sound, kela]))
    assert "out_of_scope" not in rules(compliance(HERE, [*sound, permit]))


def test_a_remote_room_that_can_be_overheard_stops_the_plan(sound):
    spaces = [replace(space, confidential=space.kind != "remote") for space in sound]
    assert rules(compliance(HERE, spaces)) == {"not_confidential"}


@pytest.mark.parametrize("kind", ["counter", "self_service", "remote", "expert"])
def test_every_point_has_all_four_kinds_of_space(sound, kind):
    findings = compliance(HERE, [space for space in sound if space.kind != kind])
    assert [(finding.rule, finding.what) for finding in findings] == [("missing_kind", kind)]


def test_home_bases_need_a_reason_and_space_that_cannot_be_converted_is_told(sound):
    spaces = [*sound, Space("pesä", "home_base", 10, HERE), Space("holvi", "archive", 10, HERE, convertible=False)]
    findings = compliance(HERE, spaces)
    assert rules(findings) == {"home_base_without_reason", "not_convertible"}
    assert passes(findings)


def test_offices_over_the_target_are_told_with_both_figures(sound, parameters):
    spaces = [*sound, Space("monitila", "office", 192, HERE)]
    (finding,) = compliance(HERE, spaces, person_years=10, parameters=parameters)
    assert finding.rule == "over_target"
    assert finding.text("en") == "There is 19.2 m2 of office a person-year; the target is 10 htm2."


def test_what_stops_comes_first_and_every_rule_has_words_and_lines(sound):
    spaces = [Space("holvi", "archive", 10, HERE, convertible=False), *sound[1:]]
    assert [finding.weight for finding in compliance(HERE, spaces)] == ["stops", "warns"]
    for language in ("fi", "sv", "en"):
        assert set(WORDS[language]) == set(RULES)
    assert all(lines.startswith("L") for _, lines in RULES.values())

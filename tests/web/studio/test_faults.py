"""What is wrong in a file is told in the reader's language, and what is not known in English, marked so."""

from __future__ import annotations

import pytest
from django.utils import translation

from luukku.errors import BadInput, Fault
from luukku.web.studio import uploads
from luukku.web.studio.faults import FORMS, told

FAULTY = (
    "id,name,municipality,lon,lat,status\n"
    "a,A,Atlantis,30.1,62.1,\n"
    "a,B,Kitee,kolme,62.1,ehkä\n"
    ",C,Kitee,30.1,62.1,\n"
    "d,D,Kitee,30.1,,\n"
    "ESIMERKKI-1,E,Kitee,30.1,62.1,\n"
    "f,F,Kitee,,,\n"
)
UNITS = (
    "unit,address,municipality,authority,use,m2,measure,person_years,lease_start,lease_end,notice_months,rent\n"
    "u,,Joensuu,VERO,castle,-5,htm2,3,2020-01-01,2019-01-01,12,30000\n"
    "v,Katu 1,Joensuu,VERO,office,0,htm2,3,soon,,12,30000\n"
)


def faults_of(kind, content):
    with pytest.raises(BadInput) as refused:
        uploads.read(kind, "list.csv", content.encode())
    return refused.value.faults


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(("kind", "content"), [("candidates", FAULTY), ("premises", UNITS), ("candidates", "")])
def test_usual_faults_are_told_in_the_readers_language(language, kind, content):
    with translation.override(language):
        for fault in faults_of(kind, content):
            assert told(fault).what.language == language, fault


def test_values_stand_where_they_belong():
    fault = next(fault for fault in faults_of("candidates", FAULTY) if fault.column == "id" and fault.row == 3)
    with translation.override("fi"):
        assert told(fault).what.text == "'a' on jo rivillä 2"
        assert told(fault).expected.text == "jokainen id vain kerran"
    with translation.override("en"):
        assert told(fault).what.text == fault.what


def test_what_is_not_known_stays_in_english_and_says_so():
    with translation.override("sv"):
        assert told(Fault("a strange thing", "x", "y")).what.language == "en"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_translation_has_the_same_places_for_values(form, language):
    import re

    slots = re.compile(r"\{\w+\}")
    with translation.override(language):
        assert sorted(slots.findall(translation.gettext(form))) == sorted(slots.findall(form))

"""What is wrong in a file is told in the reader's language, and what is not known in English, marked so."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.utils import translation

from luukku.country.readers import archive, check, coordinates, csv_table, points, workbook_table
from luukku.errors import BadInput, Fault
from luukku.outlook import parameters
from luukku.premises import reading as premises_reading
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


AWRY = {
    "candidates": {
        "utf16.csv": "id,name\n".encode("utf-16"),
        "latin.csv": "id,name\na,Hämeenlinna\n".encode("cp1252"),
        "twice.csv": b"id,id,name\na,b,c\n",
        "other.csv": b"foo,bar\n1,2\n",
        "lacks.csv": b"id,nime,municipality\na,A,Kitee\n",
        "wide.csv": b"id,name,municipality,lon,lat\na,A,Kitee,30.1,62.1,9,9\n",
        "infinite.csv": b"id,name,municipality,lon,lat\na,A,Kitee,inf,62.1\n",
        "kkj.csv": b"id,name,municipality,x,y\na,A,Kitee,3600000,6900000\nb,B,Kitee,640000,6900000\n",
        "zero.csv": b"id,name,municipality,x,y\na,A,Kitee,0,0\nb,B,Kitee,640000,6900000\n",
        "swapped.csv": b"id,name,municipality,lon,lat\na,A,Kitee,62.1,30.1\nb,B,Kitee,62.2,30.2\n",
        "degrees.csv": b"id,name,municipality,x,y\na,A,Kitee,30.1,62.1\n",
        "nowhere.csv": b"id,name,municipality,lon,lat,x,y\na,A,Kitee,,,,\n",
        "two.csv": b"id,name,municipality,lon,lat,x,y\na,A,Kitee,30.1411,62.0989,500000,6900000\n",
        "code.csv": b"id,name,municipality,lon,lat\nM999,A,Kitee,30.1411,62.0989\n",
        "elsewhere.csv": b"id,name,municipality,lon,lat\nM091,A,Kitee,30.1411,62.0989\n",
        "long.csv": b"id,name,municipality,lon,lat\n" + b"a" * 50 + b",A,Kitee,30.1411,62.0989\n",
        "group.csv": b"id,name,municipality,lon,lat,status,group\n"
        b"a,A,Kitee,30.1411,62.0989,fixed,g\nb,B,Kitee,30.15,62.1,fixed,g\n",
        "pdf.xlsx": b"%PDF-1.7\n",
        "broken.xlsx": b"PK\x03\x04broken",
        "page.csv": b"<html></html>",
        "many.csv": b"id,name,municipality,lon,lat\n" + b"".join(b"a%d,A,Kitee,x,62\n" % row for row in range(150)),
        "list.pdf": b"%PDF",
    },
    "premises": {
        "large.csv": b"unit,address,municipality,authority,use,m2,measure,notice_months\n"
        b"u,Katu 1,Joensuu,VERO,office,9e9,htm2,900\n",
    },
    "parameters": {
        "latin.csv": "name,value\nä,1\n".encode("cp1252"),
        "lacks.csv": b"name,other\na,1\n",
        "twice.csv": b"name,value\nrent.office,18\nrent.office,19\n",
        "text.csv": b"name,value\nrent.office,lots\n",
        "outside.csv": b"name,value,low,high\nrent.office,18,20,30\n",
        "status.csv": b"name,value,status\nrent.office,18,sure\n",
        "nobody.csv": b"name,value\nnobody.knows,18\n",
    },
}


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, files in AWRY.items() for name in files])
def test_rare_faults_are_told_in_the_readers_language_too(language, kind, name):
    with pytest.raises(BadInput) as refused:
        uploads.read(kind, name, AWRY[kind][name])
    with translation.override(language):
        for fault in refused.value.faults:
            said = told(fault)
            assert {said.what.language, said.expected.language, said.cure.language} == {language}, fault


def sentences_of(module):
    """What a module writes as a fault: the texts that stand in the calls, with X for what is put in."""
    for call in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        skipped = {"Fault": 0, "add": 0, "refuse": 1, "add_rows": 2, "add_unless_everywhere": 3, "Diagnosis": 0}
        if name in skipped:
            told = [
                *call.args[skipped[name] :],
                *(each.value for each in call.keywords if each.arg in ("expected", "cure")),
            ]
            for text in told[:3]:
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield text.value
                elif isinstance(text, ast.JoinedStr):
                    yield "".join(part.value if isinstance(part, ast.Constant) else "X" for part in text.values)


MODULES = (archive, check, coordinates, csv_table, points, workbook_table, premises_reading, parameters, uploads)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_sentence_of_the_readers_is_known(module):
    found = list(sentences_of(module))
    put_in = ("X", "a point", "comma", "a PDF", "Area", "the file is empty")

    assert found
    with translation.override("sv"):
        for sentence in found:
            said = {told(Fault(sentence.replace("X", each), "text", "add the rows")).what.language for each in put_in}
            assert "sv" in said, sentence


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_translation_has_the_same_places_for_values(form, language):
    import re

    slots = re.compile(r"\{\w+\}")
    with translation.override(language):
        assert sorted(slots.findall(translation.gettext(form))) == sorted(slots.findall(form))

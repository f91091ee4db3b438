"""Text is made plain character by character; every plain character leads back to the one it was made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reports.characters import narrow, plain, tidy

WRAPPED = (
    "一、主动公开政府信息的情况\n"
    "县政府办公室严格按照条例和上级有关文件的精神，组织全县各级机关开展政府信息公开工\n"
    "作，不断拓展政府信息公开的渠道，丰富政府信息公开的内容，全年主动公开政府信息45\n"
    "66条，其中机构职能类信息和政策法规类信息所占的比重最大，群众关注的重大民生信\n"
    "息所占的比重次之。\n"
    "二、依申请公开政府信息的情况\n"
    "全年没有收到申请。\n"
)


def text_of(original: str) -> str:
    return plain(original).text.rstrip("\n")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("１２３４条", "1234条", id="full-width digits"),
        pytest.param("７２．５％", "72.5%", id="full-width stop and per cent sign"),
        pytest.param("ＱＱ", "QQ", id="full-width letters"),
        pytest.param("⼀是⼈⺠政府", "一是人民政府", id="Kangxi radicals"),
        pytest.param("⽂件⼆⼗条", "文件二十条", id="Kangxi radicals in numerals"),
        pytest.param("(含上年结转)", "（含上年结转）", id="narrow brackets"),
        pytest.param("共3件,其中1件;2件:", "共3件，其中1件；2件：", id="narrow stops"),
        pytest.param("公　开\u00a0信 息\t5\u2003条", "公开信息5条", id="every kind of white space"),
        pytest.param("公\u200b开\ufeff信\u00ad息", "公开信息", id="characters without width"),
        pytest.param("①②Ⅳ㈠㎡", "①②Ⅳ㈠㎡", id="signs that NFKC would take apart stay"),
        pytest.param("𠮷村镇", "𠮷村镇", id="characters beyond the basic plane"),
    ],
)
def test_characters_become_the_usual_ones(printed: str, expected: str) -> None:
    assert text_of(printed) == expected
    assert tidy(printed) == expected


@pytest.mark.parametrize(
    "pair",
    [
        "⺠民",
        "⻅见",
        "⻓长",
        "⻔门",
        "⻚页",
        "⻋车",
        "⻛风",
        "⻜飞",
        "⻢马",
        "⻥鱼",
        "⻦鸟",
        "⻩黄",
        "⻬齐",
        "⻰龙",
        "⺟母",
        "⻄西",
        "⻆角",
        "⻘青",
        "⻝食",
    ],
)
def test_a_radical_that_a_pdf_holds_becomes_its_character(pair: str) -> None:
    assert text_of(pair[0]) == pair[1]


@pytest.mark.parametrize("pair", ["⻉贝", "⻨麦", "⻧卤", "⻮齿", "⻳龟", "⻙韦", "⺁厂"])
def test_a_rarer_radical_that_names_of_places_hold_becomes_its_character(pair: str) -> None:
    assert text_of(pair[0]) == pair[1]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("4,566条", "4,566条"),
        ("4，566条", "4,566条"),
        ("４，５６６条", "4,566条"),
        ("1,204,566条", "1,204,566条"),
        ("12,5件", "12，5件"),
        ("收到3件，200人参加", "收到3件，200人参加"),
        ("2012年,103件", "2012年，103件"),
        ("12，3456件", "12，3456件"),
    ],
)
def test_a_comma_between_thousands_is_no_stop_of_the_sentence(printed: str, expected: str) -> None:
    assert text_of(printed) == expected


def test_white_space_inside_a_number_is_left_out() -> None:
    assert text_of("发布信息 4 566 条") == "发布信息4566条"


def test_lines_that_a_page_breaks_are_joined() -> None:
    assert "政府信息公开工作，不断拓展" in plain(WRAPPED).text


def test_a_number_cut_by_a_line_break_is_whole() -> None:
    assert "政府信息4566条" in plain(WRAPPED).text


def test_headings_are_not_joined_with_what_stands_around_them() -> None:
    lines = plain(WRAPPED).text.splitlines()
    assert lines[0] == "一、主动公开政府信息的情况"
    assert "二、依申请公开政府信息的情况" in lines
    assert lines[-1] == "全年没有收到申请。"


@pytest.mark.parametrize(
    "below", ["（一）受理的情况", "(1)受理的情况", "2.受理的情况", "3、受理的情况", "①受理的情况", "附件：受理的情况"]
)
def test_a_numbered_line_begins_something_new(below: str) -> None:
    line = "县政府办公室严格按照条例和上级有关文件的精神组织全县各级机关开展工作"
    assert len(plain(f"{line}\n{below}\n{line}").text.splitlines()) == 3


def test_a_numbered_heading_is_not_joined_with_a_text_that_is_hardly_longer() -> None:
    text = "一、主动公开的情况\n全年公开信息9条。\n二、下一步工作打算\n加强公开。\n"
    assert plain(text).text == text


def test_a_long_heading_of_wrapped_text_is_not_joined_with_it() -> None:
    lines = WRAPPED.replace("一、主动公开政府信息的情况", "一、不断完善政府信息公开载体的建设，拓宽公众获取信息的渠道")
    assert plain(lines).text.splitlines()[0].endswith("渠道")


def test_short_lines_are_not_joined() -> None:
    assert plain("主动公开\n依申请公开\n监督保障").text == "主动公开\n依申请公开\n监督保障\n"


def test_an_empty_line_closes_a_line() -> None:
    line = "县政府办公室严格按照条例和上级有关文件的精神组织全县各级机关开展工作"
    assert plain(f"{line}\n\n{line}").text == f"{line}\n{line}\n"


def test_a_span_leads_back_to_the_original_across_a_line_break() -> None:
    made = plain(WRAPPED)
    start = made.text.index("4566条")
    first, last = made.span(start, start + 5)
    assert WRAPPED[first:last] == "45\n66条"


@pytest.mark.parametrize("offset", [0, 3, 4, 5])
def test_the_place_of_an_offset_is_the_first_character_at_or_behind_it(offset: int) -> None:
    made = plain("甲 乙  丙丁")
    assert made.at[made.place(offset)] >= offset


@pytest.mark.parametrize("printed", ["", "\n", " \u3000\n\n", "\n\n甲"])
def test_text_without_words_is_no_error(printed: str) -> None:
    assert text_of(printed) == printed.strip()


ANYTHING = st.text(st.sampled_from("甲乙丙一二⺠⼀１２3４,，.。；;()（） \u3000\t\u200b\n𠮷①是、件条"), max_size=200)


@given(ANYTHING)
def test_every_plain_character_leads_back_to_the_one_it_was_made_of(original: str) -> None:
    made = plain(original)
    assert len(made.text) == len(made.at)
    assert list(made.at) == sorted(made.at)
    for character, offset in zip(made.text, made.at, strict=True):
        if character != "\n":
            assert character == narrow(original[offset]) or (character, original[offset]) in {(",", "，"), (",", ",")}


@given(ANYTHING)
def test_nothing_but_white_space_is_lost(original: str) -> None:
    kept = [character for character in narrow(original) if not character.isspace() and character != "\u200b"]
    assert plain(original).text.replace("\n", "").replace(",", "，") == "".join(kept).replace(",", "，")


@given(ANYTHING)
def test_plain_text_stays_as_it_is_but_for_its_lines(original: str) -> None:
    once = plain(original).text.replace("\n", "")
    assert plain(once).text.rstrip("\n") == once

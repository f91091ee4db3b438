"""Sentences that say there was none give zeros, each for what it denies; words that only look like negations do not."""

import pytest
from sentences import fig, quotes, tell

ZEROS = [
    ("2013年，县政府没有收到政府信息公开申请。", {"requests_received"}),
    ("全年未收到政府信息公开申请。", {"requests_received"}),
    ("本年度未接到公民、法人和其他组织要求公开政府信息的申请。", {"requests_received"}),
    ("没有接到属于受理范围的依申请公开事项。", {"requests_received"}),
    ("全年没有收到和受理公众的信息公开申请。", {"requests_received"}),
    ("本年度无依申请公开事项。", {"requests_received"}),
    ("全年收到政府信息公开申请0件。", {"requests_received"}),
    ("全年收到政府信息公开申请零件。", {"requests_received"}),
    ("全年受理政府信息公开申请为零。", {"requests_received"}),
    ("政府信息公开申请数为0。", {"requests_received"}),
    ("全年未发生行政复议案件。", {"reviews"}),
    ("没有发生行政复议、行政诉讼案件。", {"reviews", "lawsuits"}),
    ("全年未发生因政府信息公开引起的行政复议和行政诉讼。", {"reviews", "lawsuits"}),
    ("没有因政府信息公开被申请行政复议、提起行政诉讼的情况。", {"reviews", "lawsuits"}),
    ("行政复议、行政诉讼均为零。", {"reviews", "lawsuits"}),
    ("行政复议和行政诉讼均为0件。", {"reviews", "lawsuits"}),
    ("行政复议0件，行政诉讼0件。", {"reviews", "lawsuits"}),
    ("行政复议、行政诉讼案件各0件。", {"reviews", "lawsuits"}),
    ("无行政复议、行政诉讼。", {"reviews", "lawsuits"}),
    ("暂无行政诉讼案件。", {"lawsuits"}),
    ("行政复议、行政诉讼：无。", {"reviews", "lawsuits"}),
    ("零投诉、零复议、零诉讼。", {"complaints", "reviews", "lawsuits"}),
    (
        "未收到当面、传真、信函形式的申请。",
        {"requests_received_in_person", "requests_received_by_fax", "requests_received_by_mail"},
    ),
    (
        "未发生针对本部门有关政府信息公开事务的行政复议案、行政诉讼案和有关的投诉。",
        {"reviews", "lawsuits", "complaints"},
    ),
    ("未发生信息公开方面的举报投诉。", {"complaints"}),
    ("全年没有收取任何费用。", {"fees_collected"}),
    ("全年未收取信息处理费。", {"fees_collected"}),
    ("没有发生政府信息公开申请方面的收支。", {"fees_collected"}),
    ("收取信息处理费0元。", {"fees_collected"}),
    ("全年未召开听证会。", {"hearings"}),
    ("全年未举行新闻发布会。", {"press_conferences"}),
    ("全年没有召开听证会和新闻发布会。", {"hearings", "press_conferences"}),
    ("全年未制定规范性文件。", {"normative_documents_issued"}),
    ("无上年结转申请。", {"requests_carried_in"}),
]


@pytest.mark.parametrize(("text", "denied"), ZEROS)
def test_a_negation_gives_a_zero_for_each_thing_it_denies(text: str, denied: set[str]) -> None:
    told = tell(text)
    assert {(name, value) for name, _, value, _ in told.figures} == {(name, 0.0) for name in denied}
    assert {qualifier for *_, qualifier in told.figures} == {"exact"}
    assert told.counts == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("未经复议直接起诉的案件由法院审理。", id="without prior review"),
        pytest.param("未按规定期限答复申请的，予以通报。", id="not by the rules"),
        pytest.param("行政诉讼无一例败诉。", id="none lost"),
        pytest.param("全年行政诉讼案件无一起被撤销。", id="none quashed"),
        pytest.param("无法提供的申请均已告知申请人。", id="cannot be provided"),
        pytest.param("无偿提供政府信息公开申请表格。", id="free of charge"),
        pytest.param("无正当理由大量反复申请。", id="without good reason"),
        pytest.param("未及时公开政府信息申请的处理结果。", id="not in time"),
        pytest.param("未审结的行政诉讼转入下年。", id="not concluded"),
        pytest.param("不属于政府信息公开申请。", id="is no request"),
        pytest.param("无论是否收到申请，都要登记。", id="no matter whether"),
        pytest.param("无障碍浏览方便群众提出申请。", id="barrier-free"),
        pytest.param("没有网络的群众可以当面提出申请。", id="without a network"),
        pytest.param("公开工作从无到有，申请渠道不断拓宽。", id="from nothing"),
        pytest.param("全年答复申请没有超过期限。", id="not beyond the time limit"),
        pytest.param("没有不予公开的申请。", id="none refused"),
        pytest.param("全年无行政诉讼败诉案件。", id="none lost, the noun before"),
        pytest.param("申请均未超期答复。", id="none late"),
        pytest.param("没有一件行政复议被纠正。", id="not one corrected"),
        pytest.param("没有因未收到申请而放松工作。", id="two negations"),
        pytest.param("2012年没有收到政府信息公开申请。", id="last year"),
        pytest.param("上年未发生行政复议。", id="last year without its number"),
        pytest.param("没有发生逾期不答复申请的情况。", id="none unanswered in time"),
        pytest.param("没有涉及国家秘密的申请。", id="none about secrets"),
        pytest.param("没有其他申请。", id="no others"),
        pytest.param("未收到法人的申请。", id="none from one kind of applicant"),
        pytest.param("没有收到电子邮件方式的申请。", id="none through one channel"),
        pytest.param("未发生败诉的行政诉讼案件。", id="none lost, the noun behind"),
        pytest.param("全年没有被撤销的行政复议案件。", id="none quashed, the noun behind"),
        pytest.param("没有违规收费的情况。", id="no unlawful fees"),
        pytest.param("其中乡镇未召开听证会。", id="a part had none"),
    ],
)
def test_what_only_looks_like_a_negation_gives_no_zero(text: str) -> None:
    assert tell(text).figures == set()


def test_lawsuits_of_which_none_was_lost_are_counted() -> None:
    told = tell("发生行政诉讼案件3件，无一例败诉。")
    assert told.figures == {fig("lawsuits", 3)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "收到政府信息公开申请12件，未发生行政复议和行政诉讼。",
            {fig("requests_received", 12), fig("reviews", 0), fig("lawsuits", 0)},
        ),
        ("发生行政复议2件，未发生行政诉讼。", {fig("reviews", 2), fig("lawsuits", 0)}),
        ("收到申请3件，没有收取费用。", {fig("requests_received", 3), fig("fees_collected", 0)}),
        (
            "收到政府信息公开申请3件，其中当面申请0件。",
            {fig("requests_received", 3), fig("requests_received_in_person", 0)},
        ),
    ],
)
def test_a_zero_stands_beside_a_count(text: str, expected: set) -> None:
    assert tell(text).figures == expected


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("全县未收到政府信息公开申请。", "region"),
        ("县政府没有收到政府信息公开申请。", "own"),
        ("我局未收到政府信息公开申请。", "own"),
        ("未收到政府信息公开申请。", "unstated"),
    ],
)
def test_a_zero_keeps_whom_it_counts(text: str, scope: str) -> None:
    assert tell(text).figures == {fig("requests_received", 0, scope)}


def test_a_zero_in_a_section_of_plans_is_none() -> None:
    assert tell("五、下一步打算\n力争全年未发生行政诉讼。\n").figures == set()


def test_anhua_s_sentence_denies_four_things() -> None:
    text = (
        "2013年，县政府没有接到属于受理范围的依申请公开事项；没有收到和受理公众的信息公开申请；"
        "没有发生政府信息公开申请方面的收支；没有发生因政府信息公开申请行政复议、提起行政诉讼的情况。"
    )
    names = ["requests_received", "fees_collected", "reviews", "lawsuits"]
    assert tell(text).figures == {fig(name, 0, "own") for name in names}


def test_a_zero_is_quoted_where_it_stands() -> None:
    assert quotes("全年工作平稳， 未发生行政复议。") == [("未发生行政复议", "未发生行政复议")]

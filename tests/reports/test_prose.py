"""Every trap of running text on its own: exactly these figures, every other count listed with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import Told, fig, quotes, tell

from analysis.reports import outline, prose
from analysis.reports.characters import plain
from analysis.reports.entries import Span
from analysis.reports.numbers import numbers

Counts = list[tuple[float, str]]


def check(text: str, figures: set[Told], counts: Counts = (), *, year: int = 2013) -> None:
    told = tell(text, year=year)
    assert told.figures == figures
    assert sorted(told.counts) == sorted(counts)


LEVELS = {
    "2013年，共收到政府信息公开申请12件。": {fig("requests_received", 12)},
    "全年受理依申请公开政府信息12件。": {fig("requests_received", 12)},
    "本年度新收政府信息公开申请12件。": {fig("requests_received", 12)},
    "共有12件政府信息公开申请。": {fig("requests_received", 12)},
    "2013年主动公开政府信息4566条。": {fig("published_items", 4566)},
    "全年公开各类政府信息4566条。": {fig("published_items", 4566)},
    "主动公开政府信息数4566条。": {fig("published_items", 4566)},
    "主动公开政府信息的数量为4566条。": {fig("published_items", 4566)},
    "主动公开政府信息总数达4566条。": {fig("published_items", 4566)},
    "主动公开政府信息数：4566条。": {fig("published_items", 4566)},
    "政府信息公开申请数12件。": {fig("requests_received", 12)},
    "全年新增主动公开政府信息4566条。": {fig("published_items", 4566)},
    "全年召开听证会5次。": {fig("hearings", 5)},
    "全年举行新闻发布会3场。": {fig("press_conferences", 3)},
    "全年制定规范性文件22件。": {fig("normative_documents_issued", 22)},
    "政府公报出刊12期。": {fig("gazette_issues", 12)},
    "网站开设专题专栏19个。": {fig("special_columns", 19)},
    "全年发布政策解读21篇。": {fig("policy_interpretations", 21)},
    "全年举办在线访谈9期。": {fig("online_interviews", 9)},
    "全年网上征集意见7次。": {fig("public_consultations", 7)},
    "发生行政复议案件2件。": {fig("reviews", 2)},
    "发生行政诉讼案件2件。": {fig("lawsuits", 2)},
    "收到政府信息公开方面的投诉1件。": {fig("complaints", 1)},
}


@pytest.mark.parametrize("text", LEVELS)
def test_a_plain_sentence_tells_its_figure(text: str) -> None:
    check(text, LEVELS[text])


@pytest.mark.parametrize(
    ("text", "figures", "counts"),
    [
        pytest.param("2012年收到政府信息公开申请9件。", set(), [(9, "other")], id="last year alone"),
        pytest.param(
            "2013年收到政府信息公开申请12件，上年为9件。",
            {fig("requests_received", 12)},
            [(9, "other")],
            id="last year behind",
        ),
        pytest.param(
            "2012年收到政府信息公开申请9件，2013年收到政府信息公开申请12件。",
            {fig("requests_received", 12)},
            [(9, "other")],
            id="last year before",
        ),
        pytest.param(
            "全年收到政府信息公开申请12件（2012年为9件）。",
            {fig("requests_received", 12)},
            [(9, "other")],
            id="last year in brackets",
        ),
        pytest.param(
            "全年收到政府信息公开申请12件，比上年（9件）增加3件。",
            {fig("requests_received", 12)},
            [(9, "compared"), (3, "compared")],
            id="last year in brackets with the difference",
        ),
        pytest.param(
            "全年收到政府信息公开申请12件，比上年增加3件。",
            {fig("requests_received", 12)},
            [(3, "compared")],
            id="growth",
        ),
        pytest.param(
            "全年收到政府信息公开申请12件，同比减少3件，下降20%。",
            {fig("requests_received", 12)},
            [(3, "change")],
            id="decrease",
        ),
        pytest.param(
            "全年收到政府信息公开申请12件，减少3件。",
            {fig("requests_received", 12)},
            [(3, "change")],
            id="change alone",
        ),
        pytest.param("收到政府信息公开申请比上年多3件。", set(), [(3, "compared")], id="only the difference"),
        pytest.param(
            "与上年的9件相比，全年收到政府信息公开申请12件。",
            {fig("requests_received", 12)},
            [(9, "compared")],
            id="compared first",
        ),
        pytest.param(
            "主动公开政府信息由2012年的3000条增加到2013年的4566条。",
            {fig("published_items", 4566)},
            [(3000, "other")],
            id="from last year to this year",
        ),
        pytest.param(
            "主动公开政府信息由3000条增加到4566条。",
            {fig("published_items", 4566)},
            [(3000, "change")],
            id="from ... to without years",
        ),
        pytest.param(
            "主动公开政府信息从上年的3000条上升到4566条。",
            {fig("published_items", 4566)},
            [(3000, "other")],
            id="from last year's to",
        ),
        pytest.param("2014年，计划公开政府信息5000条。", set(), [], id="next year"),
        pytest.param(
            "全年主动公开政府信息4566条，2014年将达5000条。",
            {fig("published_items", 4566)},
            [(5000, "other")],
            id="next year behind",
        ),
    ],
)
def test_only_the_reporting_year_gives_figures(text: str, figures: set[Told], counts: Counts) -> None:
    check(text, figures, counts)


@pytest.mark.parametrize(
    ("text", "figures", "values"),
    [
        pytest.param(
            "2013年上半年公开政府信息2000条，下半年公开政府信息2566条。", set(), [2000, 2566], id="half-years"
        ),
        pytest.param(
            "一季度收到申请3件，二季度收到申请4件，全年收到申请12件。",
            {fig("requests_received", 12)},
            [3, 4],
            id="quarters beside the year",
        ),
        pytest.param("3月收到政府信息公开申请2件。", set(), [2], id="one month"),
        pytest.param("1-6月公开政府信息2000条。", set(), [2000], id="six months"),
        pytest.param("每月公开政府信息300条。", set(), [300], id="every month"),
        pytest.param("平均每月公开政府信息300条。", set(), [300], id="monthly average"),
        pytest.param("日均发布信息12条。", set(), [12], id="daily average"),
        pytest.param(
            "全年公开政府信息4566条，月均380条。", {fig("published_items", 4566)}, [380], id="average beside the total"
        ),
        pytest.param(
            "2013年1月至12月，公开政府信息4566条。", {fig("published_items", 4566)}, [], id="all twelve months"
        ),
        pytest.param("截至12月底，共公开政府信息4566条。", {fig("published_items", 4566)}, [], id="up to its end"),
    ],
)
def test_a_part_of_the_year_is_not_the_year(text: str, figures: set[Told], values: list[float]) -> None:
    told = tell(text)
    assert told.figures == figures
    assert sorted(value for value, _ in told.counts) == sorted(values)


def test_two_years_told_in_one_go_give_the_reporting_year_s_figure() -> None:
    told = tell("2012年、2013年分别收到政府信息公开申请9件和12件。")
    assert told.figures == {fig("requests_received", 12)}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("拟举办新闻发布会5场。", set()),
        ("计划全年公开政府信息5000条，实际公开政府信息4566条。", {fig("published_items", 4566)}),
        ("目标任务为公开政府信息5000条。", set()),
        ("要求各部门公开政府信息不少于100条。", set()),
        ("力争全年公开政府信息5000条。", set()),
    ],
)
def test_what_was_planned_or_asked_for_is_no_figure(text: str, figures: set[Told]) -> None:
    assert tell(text).figures == figures


@pytest.mark.parametrize(
    ("text", "figures", "counts"),
    [
        pytest.param(
            "自2008年条例施行以来，累计主动公开政府信息2万条。",
            set(),
            [(20000, "cumulative")],
            id="since the regulations",
        ),
        pytest.param(
            "自2008年条例施行以来，累计主动公开政府信息2万条，其中2013年新增4566条。",
            {fig("published_items", 4566)},
            [(20000, "cumulative")],
            id="this year added inside",
        ),
        pytest.param(
            "历年累计主动公开政府信息2万条，其中本年新增4566条。",
            {fig("published_items", 4566)},
            [(20000, "cumulative")],
            id="added in the year, the year not numbered",
        ),
        pytest.param("五年来，共公开政府信息2万条。", set(), [(20000, "cumulative")], id="five years"),
        pytest.param("近三年公开政府信息2万条。", set(), [(20000, "cumulative")], id="the last three years"),
        pytest.param(
            "自2008年5月1日《条例》施行至2013年12月31日，共公开政府信息2万条。",
            set(),
            [(20000, "cumulative")],
            id="from the regulation to the year's end",
        ),
        pytest.param("1-12月收到政府信息公开申请12件。", {fig("requests_received", 12)}, [], id="January to December"),
        pytest.param("原则上每年举办新闻发布会不少于4次。", set(), [(4, "plan")], id="what is to be held in principle"),
        pytest.param("截至目前，累计主动公开政府信息2万条。", set(), [(20000, "cumulative")], id="up to now"),
        pytest.param(
            "网站自2006年开通以来，共发布政府信息2万条。", set(), [(20000, "cumulative")], id="since the site opened"
        ),
        pytest.param(
            "全年累计主动公开政府信息4566条。", {fig("published_items", 4566)}, [], id="accumulated in the year"
        ),
        pytest.param(
            "2013年累计主动公开政府信息4566条。", {fig("published_items", 4566)}, [], id="accumulated in the named year"
        ),
        pytest.param(
            "截至2013年12月31日，共主动公开政府信息4566条。",
            {fig("published_items", 4566)},
            [],
            id="up to the last day of the year",
        ),
        pytest.param(
            "截至本年12月31日，共收到政府信息公开申请12件。",
            {fig("requests_received", 12)},
            [],
            id="up to the last day of this year",
        ),
        pytest.param(
            "自2013年1月1日至12月31日，共收到政府信息公开申请12件。",
            {fig("requests_received", 12)},
            [],
            id="from the first to the last day",
        ),
    ],
)
def test_a_cumulative_total_is_no_figure_of_the_year(text: str, figures: set[Told], counts: Counts) -> None:
    check(text, figures, counts)


@pytest.mark.parametrize(
    ("text", "figures", "counts"),
    [
        pytest.param(
            "全年主动公开政府信息100条（机构职能类20条、法规文件类30条）。",
            {fig("published_items", 100)},
            [(20, "no_meaning"), (30, "no_meaning")],
            id="topics in brackets",
        ),
        pytest.param(
            "全年主动公开政府信息100条，其中机构职能类信息20条，法规文件类信息30条。",
            {fig("published_items", 100)},
            [(20, "no_meaning"), (30, "no_meaning")],
            id="topics behind 其中",
        ),
        pytest.param(
            "全年主动公开政府信息100条，其中公开财政信息20条；召开听证会5次。",
            {fig("published_items", 100), fig("hearings", 5)},
            [(20, "no_meaning")],
            id="the part ends at the semicolon",
        ),
        pytest.param(
            "全年收到政府信息公开申请12件，其中当面申请2件，网络申请7件，信函申请3件。",
            {
                fig("requests_received", 12),
                fig("requests_received_in_person", 2),
                fig("requests_received_online", 7),
                fig("requests_received_by_mail", 3),
            },
            [],
            id="requests by the way they came",
        ),
        pytest.param(
            "全年收到政府信息公开申请12件（当面2件、传真1件、网上6件、邮寄3件）。",
            {
                fig("requests_received", 12),
                fig("requests_received_in_person", 2),
                fig("requests_received_by_fax", 1),
                fig("requests_received_online", 6),
                fig("requests_received_by_mail", 3),
            },
            [],
            id="requests by the way they came in brackets",
        ),
        pytest.param(
            "全年收到政府信息公开申请12件，其中土地征收类申请5件、城乡规划类申请7件。",
            {fig("requests_received", 12)},
            [(5, "part"), (7, "part")],
            id="requests by topic",
        ),
        pytest.param(
            "举办新闻发布会12场，其中防汛抗旱专题新闻发布会2场。",
            {fig("press_conferences", 12)},
            [(2, "part")],
            id="press conferences on one topic",
        ),
        pytest.param(
            "举办新闻发布会12场，其中主要负责同志参加新闻发布会2场。",
            {fig("press_conferences", 12), fig("press_conferences_by_head", 2)},
            [],
            id="press conferences of the head",
        ),
    ],
)
def test_a_part_is_not_the_whole(text: str, figures: set[Told], counts: Counts) -> None:
    told = tell(text)
    assert told.figures == figures
    assert sorted(value for value, _ in told.counts) == sorted(value for value, _ in counts)
    assert {reason for _, reason in told.counts} <= {"part", "no_meaning"}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("全年通过政府网站主动公开政府信息300条。", {fig("published_items_website", 300)}),
        ("全年通过政府公报主动公开政府信息30条。", {fig("published_items_gazette", 30)}),
        ("政务微博发布信息200条。", {fig("published_items_weibo", 200)}),
        ("政务微信公众号推送信息150条。", {fig("published_items_wechat", 150)}),
        ("全年通过政府网站、政府公报、报刊等渠道主动公开政府信息900条。", {fig("published_items", 900)}),
        ("全年通过网站、微博、微信公开政府信息900条。", {fig("published_items", 900)}),
        (
            "全年主动公开政府信息900条，其中政府网站公开500条，政务微博公开200条，政务微信公开150条，其他方式公开50条。",
            {
                fig("published_items", 900),
                fig("published_items_website", 500),
                fig("published_items_weibo", 200),
                fig("published_items_wechat", 150),
                fig("published_items_other", 50),
            },
        ),
        (
            "网站、微博、微信分别发布信息300条、200条、150条。",
            {
                fig("published_items_website", 300),
                fig("published_items_weibo", 200),
                fig("published_items_wechat", 150),
            },
        ),
        (
            "通过政府网站公开信息300条、微博公开信息200条。",
            {fig("published_items_website", 300), fig("published_items_weibo", 200)},
        ),
        (
            "政务微博发布信息200条，微信公众号推送150条。",
            {fig("published_items_weibo", 200), fig("published_items_wechat", 150)},
        ),
    ],
)
def test_one_channel_means_itself_and_several_the_total(text: str, figures: set[Told]) -> None:
    check(text, figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("全市共主动公开政府信息9000条。", {fig("published_items", 9000, "region")}),
        ("市政府办公室主动公开政府信息300条。", {fig("published_items", 300, "own")}),
        ("我局主动公开政府信息300条。", {fig("published_items", 300, "own")}),
        ("区本级收到政府信息公开申请12件。", {fig("requests_received", 12, "own")}),
        (
            "全市收到政府信息公开申请120件，其中市政府收到12件。",
            {fig("requests_received", 120, "region"), fig("requests_received", 12, "own")},
        ),
        (
            "全区主动公开政府信息9000条，区政府主动公开政府信息300条。",
            {fig("published_items", 9000, "region"), fig("published_items", 300, "own")},
        ),
        (
            "全市举行新闻发布会40场，市政府12场。",
            {fig("press_conferences", 40, "region"), fig("press_conferences", 12, "own")},
        ),
        (
            "市政府召开新闻发布会12场，各部门召开新闻发布会28场，全市共40场。",
            {
                fig("press_conferences", 12, "own"),
                fig("press_conferences", 28),
                fig("press_conferences", 40, "region"),
            },
        ),
        (
            "县直各单位在政府门户网站上共发布信息4566条。",
            {fig("published_items", 4566, "portal")},
        ),
        (
            "各乡镇、县直各部门在政府网站上发布信息4566条，全县召开听证会5次。",
            {fig("published_items", 4566, "portal"), fig("hearings", 5, "region")},
        ),
    ],
)
def test_a_figure_keeps_whom_it_counts(text: str, figures: set[Told]) -> None:
    check(text, figures)


@pytest.mark.parametrize(
    ("text", "figures", "counts"),
    [
        pytest.param(
            "全年受理政府信息公开申请15件（含上年结转3件）。",
            {fig("requests_carried_in", 3)},
            [(15, "part")],
            id="received with what was carried in",
        ),
        pytest.param(
            "全年办理政府信息公开申请15件，其中新收12件，上年结转3件。",
            {fig("requests_received", 12), fig("requests_carried_in", 3)},
            [(15, "no_meaning")],
            id="handled is not received",
        ),
        pytest.param(
            "全年收办政府信息公开申请15件。", set(), [(15, "no_meaning")], id="received and handled in one word"
        ),
        pytest.param(
            "全年新收政府信息公开申请12件，上年结转3件，答复13件，结转下年度继续办理2件。",
            {
                fig("requests_received", 12),
                fig("requests_carried_in", 3),
                fig("requests_concluded", 13),
                fig("requests_carried_out", 2),
            },
            [],
            id="received, carried in, answered, carried out",
        ),
        pytest.param(
            "全年受理政府信息公开申请12件，答复10件，另有2件顺延到下年度答复。",
            {fig("requests_received", 12), fig("requests_concluded", 10), fig("requests_carried_out", 2)},
            [],
            id="two deferred",
        ),
        pytest.param(
            "全年受理政府信息公开申请40件，答复39件（含上年度结转申请2件，另有3件顺延到下年度答复）。",
            {
                fig("requests_received", 40),
                fig("requests_concluded", 39),
                fig("requests_carried_in", 2),
                fig("requests_carried_out", 3),
            },
            [],
            id="what was answered includes what was carried in",
        ),
        pytest.param(
            "全年受理政府信息公开申请12件，全部按时办结。",
            {fig("requests_received", 12)},
            [],
            id="all concluded, without a count",
        ),
    ],
)
def test_what_was_carried_over_is_not_received(text: str, figures: set[Told], counts: Counts) -> None:
    told = tell(text)
    assert told.figures == figures
    assert sorted(value for value, _ in told.counts) == sorted(value for value, _ in counts)


@pytest.mark.parametrize(
    ("text", "figures", "counts"),
    [
        pytest.param("发生行政复议、行政诉讼各2件。", {fig("reviews", 2), fig("lawsuits", 2)}, [], id="two each"),
        pytest.param(
            "因政府信息公开被申请行政复议和提起行政诉讼各1件。",
            {fig("reviews", 1), fig("lawsuits", 1)},
            [],
            id="one each with verbs",
        ),
        pytest.param("发生行政复议和行政诉讼共5件。", set(), [(5, "no_meaning")], id="five together"),
        pytest.param("行政复议、行政诉讼案件合计5件。", set(), [(5, "no_meaning")], id="five in all"),
        pytest.param(
            "发生行政复议、行政诉讼分别为3件、2件。",
            {fig("reviews", 3), fig("lawsuits", 2)},
            [],
            id="three and two in this order",
        ),
        pytest.param(
            "行政复议和行政诉讼分别为3件和2件。",
            {fig("reviews", 3), fig("lawsuits", 2)},
            [],
            id="three and two joined by 和",
        ),
        pytest.param(
            "举行新闻发布会、听证会各4次。",
            {fig("press_conferences", 4), fig("hearings", 4)},
            [],
            id="four meetings each",
        ),
        pytest.param(
            "配备专职人员和兼职人员各2名。",
            {fig("staff_fulltime", 2), fig("staff_parttime", 2)},
            [],
            id="staff, two each",
        ),
    ],
)
def test_counts_of_two_things_at_once(text: str, figures: set[Told], counts: Counts) -> None:
    check(text, figures, counts)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("全年举办191场各类主题新闻发布活动。", {fig("press_conferences", 191)}),
        ("举办了3次重大事项决策听证会。", {fig("hearings", 3)}),
        ("编发12期《东山县人民政府公报》。", {fig("gazette_issues", 12)}),
        ("完成了80个子站网站群的建设。", {fig("sub_sites", 80)}),
        ("共收到12件政府信息公开申请。", {fig("requests_received", 12)}),
        ("发布21篇政策解读材料。", {fig("policy_interpretations", 21)}),
        ("公开了4566条政府信息。", {fig("published_items", 4566)}),
        ("发生2件行政复议案件。", {fig("reviews", 2)}),
        (
            "召开听证会5次，新闻发布会3次。",
            {fig("hearings", 5), fig("press_conferences", 3)},
        ),
        (
            "召开5次听证会、3次新闻发布会。",
            {fig("hearings", 5), fig("press_conferences", 3)},
        ),
    ],
)
def test_the_noun_may_stand_on_either_side(text: str, figures: set[Told]) -> None:
    check(text, figures)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        pytest.param("接待群众查询300人次。", [300], id="visits"),
        pytest.param("提供政府信息公开咨询服务120人次。", [120], id="advice in persons"),
        pytest.param("接受公民政府信息公开咨询120次。", [120], id="advice"),
        pytest.param("全年接到群众来信来访咨询申请办理情况80件。", [80], id="letters"),
        pytest.param("市民热线受理各类投诉3475件。", [3475], id="complaints on the hotline"),
        pytest.param("县长信箱收到群众来信120件。", [120], id="letters to the mayor"),
        pytest.param("政务服务大厅受理办件5000件，办结4900件。", [5000, 4900], id="matters of the service hall"),
        pytest.param("网站访问量达20万次。", [200000], id="visits of the site"),
        pytest.param("网站页面浏览量1200万人次。", [12000000], id="page views"),
        pytest.param("认真办理每一件依申请公开事项。", [], id="every single request"),
        pytest.param("完善新闻发布会制度3项。", [3], id="rules on press conferences"),
        pytest.param("网站开设新闻发布会栏目2个。", [2], id="a section on press conferences"),
        pytest.param("网站刊登新闻发布会信息2条。", [2], id="postings about press conferences"),
        pytest.param("对25件申请收取费用。", [25], id="requests that were charged"),
        pytest.param("答复人大代表建议45件、政协提案60件。", [45, 60], id="proposals"),
        pytest.param("受理行政许可申请350件。", [350], id="applications for permits"),
        pytest.param("审理行政复议案件45件，均与政府信息公开无关。", [45], id="reviews of other matters"),
        pytest.param("印发《公开指南》5000册。", [5000], id="booklets"),
        pytest.param("复印费每页收取0.5元。", [0.5], id="a price"),
        pytest.param("依法减免信息处理费380元。", [380], id="fees that were waived"),
        pytest.param("印发政府公报3000份。", [3000], id="copies of the gazette"),
        pytest.param("召开听证会、座谈会12次。", [12], id="hearings and other meetings together"),
        pytest.param("听证会、座谈会、论证会共12次。", [12], id="three kinds of meetings together"),
        pytest.param("公开行政许可1200件、行政处罚300件。", [1200, 300], id="decisions that were published"),
        pytest.param("受理公民、法人申请办理事项5000件。", [5000], id="matters that citizens apply for"),
        pytest.param("召开新闻发布会工作部署会议2次。", [2], id="meetings about press conferences"),
    ],
)
def test_a_decoy_is_no_figure(text: str, counts: list[float]) -> None:
    told = tell(text)
    assert told.figures == set()
    assert sorted(value for value, _ in told.counts) == sorted(counts)


def test_columns_on_press_conferences_are_columns() -> None:
    check("网站开设“新闻发布会”等专栏6个。", {fig("special_columns", 6)})


@pytest.mark.parametrize(
    "heading",
    [
        "五、存在的问题及改进措施",
        "五、存在的主要问题",
        "五、下一步工作打算",
        "五、2014年工作安排",
        "五、今后努力方向",
        "五、不足与改进",
        "五、主要问题和下步打算",
    ],
)
def test_a_section_of_problems_or_plans_holds_no_figures(heading: str) -> None:
    text = f"一、概述\n全年召开听证会5次。\n{heading}\n主动公开政府信息2000条，举办新闻发布会12场，培训2期。\n"
    check(text, {fig("hearings", 5)})


def test_the_facts_go_on_behind_a_section_of_problems() -> None:
    text = "五、存在问题\n公开信息还不够，只有2条。\n六、其他需要报告的事项\n全年收取信息处理费120元。\n"
    check(text, {fig("fees_collected", 120)})


@pytest.mark.parametrize("lead", ["下一步，", "今后，", "2014年，", "明年，", "针对上述问题，"])
def test_a_plan_in_a_paragraph_of_facts_holds_no_figures(lead: str) -> None:
    check(f"全年召开听证会5次。{lead}拟召开听证会8次。", {fig("hearings", 5)})


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "共答复申请40件，其中予以公开20件，部分公开5件，不予公开3件，无法提供8件，不予处理2件，其他处理2件。",
            {
                fig("requests_concluded", 40),
                fig("requests_granted", 20),
                fig("requests_granted_in_part", 5),
                fig("requests_refused", 3),
                fig("requests_unavailable", 8),
                fig("requests_not_processed", 2),
                fig("requests_other_outcome", 2),
            },
        ),
        (
            "在答复的申请中，同意公开的20件，同意部分公开的5件，不同意公开的3件，信息不存在的6件，已主动公开的9件。",
            {
                fig("requests_granted", 20),
                fig("requests_granted_in_part", 5),
                fig("requests_refused", 3),
                fig("unavailable_not_existing", 6),
                fig("requests_already_public", 9),
            },
        ),
        (
            "收到申请12件，不予公开2件，予以公开10件。",
            {fig("requests_received", 12), fig("requests_refused", 2), fig("requests_granted", 10)},
        ),
    ],
)
def test_outcomes_of_requests(text: str, figures: set[Told]) -> None:
    check("三、依申请公开政府信息的情况\n" + text, figures)


def test_granted_and_partly_granted_in_one_figure_is_neither() -> None:
    check("三、依申请公开\n收到申请12件，予以公开或部分公开9件。", {fig("requests_received", 12)}, [(9, "no_meaning")])


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "发生行政复议10件，其中维持6件，纠正1件，其他结果2件，尚未审结1件。",
            {
                fig("reviews", 10),
                fig("reviews_upheld", 6),
                fig("reviews_corrected", 1),
                fig("reviews_other", 2),
                fig("reviews_pending", 1),
            },
        ),
        (
            "发生行政诉讼10件，其中结果维持6件，结果纠正1件，其他结果2件，尚未审结1件。",
            {
                fig("lawsuits", 10),
                fig("lawsuits_upheld", 6),
                fig("lawsuits_corrected", 1),
                fig("lawsuits_other", 2),
                fig("lawsuits_pending", 1),
            },
        ),
        (
            "行政复议8件，结果维持5件，结果纠正3件；行政诉讼4件，结果维持3件，结果纠正1件。",
            {
                fig("reviews", 8),
                fig("reviews_upheld", 5),
                fig("reviews_corrected", 3),
                fig("lawsuits", 4),
                fig("lawsuits_upheld", 3),
                fig("lawsuits_corrected", 1),
            },
        ),
    ],
)
def test_results_belong_to_reviews_or_lawsuits_by_what_was_named_last(text: str, figures: set[Told]) -> None:
    check(text, figures, year=2024)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("收到行政复议申请3件，受理2件。", {fig("reviews", 3)}),
        ("收到政府信息公开申请12件，收到行政复议申请3件。", {fig("requests_received", 12), fig("reviews", 3)}),
        ("被申请行政复议3件，被提起行政诉讼2件。", {fig("reviews", 3), fig("lawsuits", 2)}),
        ("办理行政复议案件120件，其中涉及政府信息公开的3件。", {fig("reviews", 3)}),
        ("行政应诉案件45件，其中信息公开类2件。", {fig("lawsuits", 2)}),
        ("提起行政诉讼2件，其中一审1件，二审1件。", {fig("lawsuits", 2)}),
    ],
)
def test_only_reviews_and_lawsuits_about_disclosure_count(text: str, figures: set[Told]) -> None:
    assert tell(text).figures == figures


def test_what_is_not_answered_yet_is_not_concluded() -> None:
    told = tell("收到政府信息公开申请12件，已答复11件，未答复1件。")
    assert {each for each in told.figures if each[0] == "requests_concluded"} == {fig("requests_concluded", 11)}


def test_new_columns_are_part_of_the_columns() -> None:
    check("网站开设专栏12个，其中新增专栏3个。", {fig("special_columns", 12)}, [(3, "part")])
    assert tell("网站开设专栏12个，新增专栏3个。").figures == {fig("special_columns", 12)}


def test_reviews_before_lawsuits_do_not_make_a_lawsuit_a_review() -> None:
    text = "未经复议直接起诉3件，复议后起诉2件。"
    check(text, {fig("lawsuits_direct", 3), fig("lawsuits_after_review", 2)}, year=2024)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("全年收取信息处理费3940元。", {fig("fees_collected", 3940)}),
        ("全年收取政府信息公开信息处理费0.2万元。", {fig("fees_collected", 2000)}),
        ("全年收取检索费、复制费八百四十二元五角。", {fig("fees_collected", 842.5)}),
        ("落实政府信息公开专项经费26万元。", {fig("dedicated_funding", 26)}),
        ("政府信息公开专项经费120000元。", {fig("dedicated_funding", 12)}),
    ],
)
def test_money_comes_in_the_unit_of_its_indicator(text: str, figures: set[Told]) -> None:
    check(text, figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("设立政府信息公开工作专门机构12个。", {fig("dedicated_bodies", 12)}),
        ("设置政府信息公开查阅点96个。", {fig("reading_points", 96)}),
        (
            "从事政府信息公开工作人员180人，其中专职人员20人，兼职人员160人。",
            {fig("staff", 180), fig("staff_fulltime", 20), fig("staff_parttime", 160)},
        ),
        ("全年召开政府信息公开工作会议6次。", {fig("work_meetings", 6)}),
        (
            "举办政府信息公开培训班4期，培训人员320人次。",
            {fig("training_sessions", 4), fig("training_attendees", 320)},
        ),
        (
            "组织业务培训2次，120余人参加培训。",
            {fig("training_sessions", 2), fig("training_attendees", 120, qualifier="at_least")},
        ),
    ],
)
def test_staff_places_meetings_and_trainings(text: str, figures: set[Told]) -> None:
    check(text, figures)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "对全县96个部门单位2012年度信息公开报告的编制和公布情况进行了检查。",
            {fig("units_checked", 96, "region")},
        ),
        (
            "先后申报公共企事业单位办事公开示范点19个，通过验收授牌10个。",
            {fig("demonstration_sites_applied", 19), fig("demonstration_sites_accepted", 10)},
        ),
    ],
)
def test_figures_of_oversight(text: str, figures: set[Told]) -> None:
    check(text, figures)


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("主动公开政府信息5500余条。", 5500, "at_least"),
        ("主动公开政府信息超过5500条。", 5500, "at_least"),
        ("主动公开政府信息5500条以上。", 5500, "at_least"),
        ("主动公开政府信息约5500条。", 5500, "approx"),
        ("主动公开政府信息约为5500条。", 5500, "approx"),
        ("主动公开政府信息近5500条。", 5500, "approx"),
        ("主动公开政府信息5500条左右。", 5500, "approx"),
        ("主动公开政府信息三千余条。", 3000, "at_least"),
        ("主动公开政府信息1.2万条。", 12000, "exact"),
    ],
)
def test_a_figure_keeps_its_qualifier(text: str, value: float, qualifier: str) -> None:
    check(text, {fig("published_items", value, qualifier=qualifier)})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("“今年我县的政务新媒体共计95个。”", 95),
        ("全年开展督查4次。", 4),
        ("梳理行政许可事项218项。", 218),
        ("制定公开制度8项。", 8),
    ],
)
def test_a_count_without_an_indicator_stays_listed(text: str, value: float) -> None:
    check(text, set(), [(value, "no_meaning")])


def test_every_count_is_either_a_figure_or_listed() -> None:
    told = tell("全市共95个新媒体账号，收到申请12件，比上年增加3件，检查4次；自2008年以来累计公开信息9万条。")
    assert len(told.figures) + len(told.counts) == 5


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("全年召开重大事项听证会 ５ 次。", "听证会5次"),
        (
            "县政府办公室在门户网站以外的其他地方也召开了很多很多重要的会议，全年召开听证会1\n5次，效果都是非常好的并且受到群众欢迎。",
            "听证会15次",
        ),
    ],
)
def test_a_quote_stands_where_its_place_says(text: str, quote: str) -> None:
    found = quotes(text)
    assert quote in {said for said, _ in found}
    for said, printed in found:
        assert plain(printed).text.replace("\n", "") == said


PIECES = [
    *(
        "2013年",
        "2012年",
        "全县",
        "县政府",
        "我局",
        "收到",
        "政府信息公开申请",
        "主动公开",
        "政府信息",
        "听证会",
        "新闻发布会",
    ),
    *(
        "行政复议",
        "行政诉讼",
        "网站",
        "微博",
        "其中",
        "累计",
        "比上年",
        "增加",
        "未发生",
        "分别为",
        "各",
        "共",
        "近",
        "余",
    ),
    *(
        "3件",
        "12条",
        "四次",
        "120元",
        "5.5万条",
        "0件",
        "９场",
        "（",
        "）",
        "，",
        "、",
        "；",
        "。",
        "：",
        "自2008年以来",
        "由",
        "到",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from([2013, 2016, 2024]))
def test_no_count_is_lost_and_every_figure_stands_where_it_says(pieces: list[str], year: int) -> None:
    text = "".join(pieces)
    made = plain(text)
    paragraphs = list(outline.paragraphs(made, year))
    told = prose.read(made, paragraphs, year, "narrative_2008")
    places = [each.place for each in [*told.figures, *told.counts] if isinstance(each.place, Span)]
    for each in numbers(made.text) if all(each.kind == "fact" for each in paragraphs) else []:
        start, end = made.span(each.start, each.end)
        assert any(place.start <= start and end <= place.end for place in places), text[start:end]
    for each in told.figures:
        assert isinstance(each.place, Span)
        assert plain(text[each.place.start : each.place.end]).text.replace("\n", "") == each.quote


def test_nothing_is_read_from_the_furniture_of_the_page() -> None:
    check("相关链接：东山县召开听证会5次\n上一篇：全县公开政府信息300条\n", set())


def test_an_empty_text_tells_nothing() -> None:
    made = plain("")
    assert prose.read(made, list(outline.paragraphs(made, 2013)), 2013, "narrative_2008") == ([], [], [])


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("全年收到政府信息公开申请60件，同比增长20%。", 20.0),
        ("全年收到政府信息公开申请60件，比上年减少16.7%。", -16.7),
        ("全年收到政府信息公开申请60件，较2012年下降了5％。", -5.0),
        ("全年收到政府信息公开申请60件（同比增加12.5%）。", 12.5),
        ("全年收到政府信息公开申请60件，与上年相比，增长20%。", 20.0),
        ("全年收到政府信息公开申请60件，比2010年增长50%。", None),
        ("全年收到政府信息公开申请60件，同比增长约30%。", None),
        ("全年收到政府信息公开申请60件，同比下降120%。", None),
        ("全年收到政府信息公开申请60件，按时办结率100%。", None),
        ("全年收到政府信息公开申请60件，网站访问量同比增长20%。", None),
    ],
)
def test_the_growth_told_right_behind_a_figure_is_kept(text: str, percent: float | None) -> None:
    whole = plain(text)
    told = prose.read(whole, list(outline.paragraphs(whole, 2013)), 2013, "narrative_2008")
    assert [(each.indicator, each.percent) for each in told.growths] == (
        [] if percent is None else [("requests_received", percent)]
    )

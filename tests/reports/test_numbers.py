"""Every number of a text is found first; only those that count something come out, with value and qualifier."""

import pytest

from analysis.reports.characters import plain
from analysis.reports.numbers import Number, numbers


def found(text: str) -> list[Number]:
    return numbers(plain(text).text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2013年，县政府", id="year"),
        pytest.param("2013年度报告", id="year of a report"),
        pytest.param("二〇一三年三月二十日", id="date in Chinese numerals"),
        pytest.param("截至2013年12月31日", id="date"),
        pytest.param("2014-02-28 00:00", id="date and time"),
        pytest.param("2014/2/28", id="date with slashes"),
        pytest.param("工作时间8:30-17:30", id="office hours"),
        pytest.param("5月1日起施行", id="day of a month"),
        pytest.param("第3次会议", id="ordinal in digits"),
        pytest.param("第二十条第（一）项", id="article of the regulations"),
        pytest.param("条例第13条", id="article in digits"),
        pytest.param("占15%", id="percentage"),
        pytest.param("占１５．６％", id="full-width percentage"),
        pytest.param("提高3.5个百分点", id="percentage points"),
        pytest.param("百分之八十三件件有回应", id="percentage in words"),
        pytest.param("国办公开办函〔2019〕60号", id="document number"),
        pytest.param("国办发[2013]100号", id="document number in square brackets"),
        pytest.param("国务院令第711号", id="decree"),
        pytest.param("电话：0737-7222222", id="phone number"),
        pytest.param("拨打12345政务服务热线", id="hotline"),
        pytest.param("邮政编码：413500", id="postal code"),
        pytest.param("索引号：AH0001-0102-2013-0036", id="index code"),
        pytest.param("在20个工作日内答复", id="working days"),
        pytest.param("十五个工作日", id="working days in words"),
        pytest.param("推进“三公”经费的公开", id="three public expenses"),
        pytest.param("三公经费", id="three public expenses without quotes"),
        pytest.param("“3+2”战略实施", id="3+2"),
        pytest.param("按照一站两网三系统的部署", id="one station, two nets, three systems"),
        pytest.param("落实“五公开”要求", id="five kinds of openness"),
        pytest.param("“四公开”", id="four kinds of openness"),
        pytest.param("危及“三安全一稳定”", id="three securities"),
        pytest.param("“双随机、一公开”监管", id="double random"),
        pytest.param("一件事一次办", id="one matter, one visit"),
        pytest.param("实行一次性告知", id="told at once"),
        pytest.param("十二五规划", id="five-year plan"),
        pytest.param("党的十八届三中全会", id="plenary session"),
        pytest.param("从三个方面入手", id="three aspects"),
        pytest.param("方便每一件依申请公开", id="every single request"),
        pytest.param("数百条信息", id="some hundreds"),
        pytest.param("几十次会议", id="some tens"),
        pytest.param("若干件", id="several"),
        pytest.param("名列全省第3位", id="rank"),
        pytest.param("县乡两级政府", id="two levels"),
        pytest.param("建议使用1024×768分辨率", id="resolution"),
        pytest.param("进一步做好工作，一些单位、一部分人员", id="words with one in them"),
        pytest.param("是政务公开的重要平台之一", id="one of"),
    ],
)
def test_this_counts_nothing(text: str) -> None:
    assert [text[number.start : number.end] for number in found(text)] == []


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("发布信息4566条", 4566, "条"),
        ("发布信息4,566条", 4566, "条"),
        ("发布信息4，566条", 4566, "条"),
        ("发布信息４５６６条", 4566, "条"),
        ("发布信息4 566 条", 4566, "条"),
        ("发布信息1,204,566条", 1204566, "条"),
        ("发布信息1.2万条", 12000, "条"),
        ("发布信息3千条", 3000, "条"),
        ("收取120.5元", 120.5, "元"),
        ("收取2.6万元", 26000, "元"),
        ("收取二十六万元", 260000, "元"),
        ("收取八百四十二元五角", 842.5, "元"),
        ("收取12元5角", 12.5, "元"),
        ("收到申请二十三件", 23, "件"),
        ("收到申请十件", 10, "件"),
        ("收到申请十二件", 12, "件"),
        ("收到申请一百零五件", 105, "件"),
        ("收到申请一百二十件", 120, "件"),
        ("收到申请两件", 2, "件"),
        ("收到申请壹佰贰拾叁件", 123, "件"),
        ("收到申请0件", 0, "件"),
        ("收到申请零件", 0, "件"),
        ("召开听证会3场次", 3, "场次"),
        ("培训300人次", 300, "人次"),
        ("收到申请12件（次）", 12, "件"),
        ("收到申请（12件）", 12, "件"),
        ("出刊12期，发行3000份", 12, "期"),
        ("收到申请数12件", 12, "件"),
        ("接受培训人员数320人次", 320, "人次"),
        ("收到申请共百一十六件", 116, "件"),
        ("传真申请3件", 3, "件"),
        ("热线受理投诉30件", 30, "件"),
        ("电话申请3件", 3, "件"),
    ],
)
def test_a_count_has_its_value_and_its_measure_word(text: str, value: float, measure: str) -> None:
    number = found(text)[0]
    assert (number.value, number.qualifier, number.measure) == (value, "exact", measure)


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("5500余条", 5500, "at_least"),
        ("5500多条", 5500, "at_least"),
        ("1.2万余条", 12000, "at_least"),
        ("三千余件", 3000, "at_least"),
        ("五百多件", 500, "at_least"),
        ("十余次", 10, "at_least"),
        ("百余条", 100, "at_least"),
        ("千余条", 1000, "at_least"),
        ("一百二十余人", 120, "at_least"),
        ("100条以上", 100, "at_least"),
        ("100余条次", 100, "at_least"),
        ("超过100条", 100, "at_least"),
        ("超100条", 100, "at_least"),
        ("逾百条", 100, "at_least"),
        ("不少于100条", 100, "at_least"),
        ("达到100条", 100, "exact"),
        ("近百次", 100, "approx"),
        ("近200条", 200, "approx"),
        ("将近200条", 200, "approx"),
        ("约200条", 200, "approx"),
        ("大约200条", 200, "approx"),
        ("约为200条", 200, "approx"),
        ("约有200条", 200, "approx"),
        ("200条左右", 200, "approx"),
        ("200左右条", 200, "approx"),
        ("不足200条", 200, "approx"),
        ("不到200条", 200, "approx"),
        ("上百次", 100, "at_least"),
        ("上千条", 1000, "at_least"),
        ("合计200条", 200, "exact"),
        ("最近200条", 200, "exact"),
        ("节约200元", 200, "exact"),
    ],
)
def test_a_count_says_how_exact_it_is(text: str, value: float, qualifier: str) -> None:
    assert [(number.value, number.qualifier) for number in found(text)] == [(value, qualifier)]


@pytest.mark.parametrize("text", ["1" * 21 + "条", "9" * 400 + "件", "百万亿" * 40 + "条"])
def test_a_number_longer_than_any_count_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["共8件", "20 13 年 发布信息8件"])
def test_a_year_beside_a_count_leaves_the_count_alone(text: str) -> None:
    assert [number.value for number in found(text)] == [8]


def test_counts_come_in_order_with_their_places() -> None:
    text = "发布信息1,200条，新闻发布会十二场"
    assert [text[number.start : number.end] for number in found(text)] == ["1,200条", "十二场"]


def test_a_number_without_a_measure_word_counts_nothing() -> None:
    assert found("总数为4566，其中") == []

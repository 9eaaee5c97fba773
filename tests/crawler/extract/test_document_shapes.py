"""Every shape of information table with every shape of headline, date line, text and meta tags around it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.document import read_document
from domain.readings import DateSource, DocumentReading, LabelState

Facts: TypeAlias = Sequence[tuple[str, str]]

TITLE = "关于做好2025年度专项检查工作的通知"
ORDER = (
    "为进一步规范行政执法行为，提升依法行政能力和水平，根据上级有关要求，现就有关事项通知如下，请认真执行。"
)
DEADLINE = (
    "各有关部门要高度重视，明确责任分工，细化工作措施，于2025年7月31日前抓好落实，并报送旗人民政府办公室。"
)
FACTS = (
    ("索引号", "000014349/2025-00110"),
    ("分类", "财政、金融"),
    ("发布机构", "某某旗财政局"),
    ("发文日期", "2025-03-01"),
    ("名称", TITLE),
    ("文号", "某财发〔2025〕5号"),
    ("主题词", "财政 检查"),
    ("时效性", "有效"),
)


def rows(facts: Facts) -> list[Facts]:
    return [facts[at : at + 2] for at in range(0, len(facts), 2)]


def joined(facts: Facts, form: str) -> str:
    return "".join(form.format(label=label, value=value) for label, value in facts)


TABLES: dict[str, Callable[[Facts], str]] = {
    "th_td": lambda f: "<table>" + joined(f, "<tr><th>{label}</th><td>{value}</td></tr>") + "</table>",
    "four_cells": lambda f: (
        "<table>"
        + "".join(f"<tr>{joined(r, '<td>{label}：</td><td>{value}</td>')}</tr>" for r in rows(f))
        + "</table>"
    ),
    "labels_over_values": lambda f: (
        f"<table><tr>{joined(f, '<td>{label}</td>')}</tr><tr>{joined(f, '<td>{value}</td>')}</tr></table>"
    ),
    "in_one_cell": lambda f: "<table><tr>" + joined(f, "<td>{label}：{value}</td>") + "</tr></table>",
    "strong_in_cell": lambda f: (
        "<table>" + joined(f, "<tr><td><b>{label}：</b>{value}</td></tr>") + "</table>"
    ),
    "lines_in_a_cell": lambda f: "<table><tr><td>" + joined(f, "{label}：{value}<br>") + "</td></tr></table>",
    "paragraphs_in_cells": lambda f: (
        "<table>" + joined(f, "<tr><td><p>{label}</p></td><td><p>{value}</p></td></tr>") + "</table>"
    ),
    "dl": lambda f: "<dl>" + joined(f, "<dt>{label}</dt><dd>{value}</dd>") + "</dl>",
    "dd_div": lambda f: joined(f, "<dl><dd>{label}：</dd><div> {value} </div></dl>"),
    "li_span_b": lambda f: "<ul>" + joined(f, "<li><span>{label}</span><b>{value}</b></li>") + "</ul>",
    "li_colon": lambda f: "<ul>" + joined(f, "<li>{label}：{value}</li>") + "</ul>",
    "li_li": lambda f: joined(f, "<ul><li>{label}</li><li>{value}</li></ul>"),
    "ul_over_ul": lambda f: (
        f"<ul>{joined(f, '<li>{label}</li>')}</ul><ul>{joined(f, '<li>{value}</li>')}</ul>"
    ),
    "brackets": lambda f: joined(f, "<p>[ {label} ] {value}</p>"),
    "label_span": lambda f: joined(f, "<div><label>{label}</label><span>{value}</span></div>"),
    "div_div": lambda f: joined(f, "<div><div>{label}</div><div>{value}</div></div>"),
    "flat_divs": lambda f: "<div>" + joined(f, "<div>{label}</div><div>{value}</div>") + "</div>",
    "spaced_spans": lambda f: "<div>" + joined(f, "<span>{label}：{value}</span> ") + "</div>",
    "spans_two_a_line": lambda f: "".join(
        f"<div>{joined(r, '<span>{label}</span><span>{value}</span>')}</div>" for r in rows(f)
    ),
}
SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda label: label,
    "wide": lambda label: "&emsp;".join(label) if len(label) < 4 else label,
    "blanks": " ".join,
    "spans": lambda label: "".join(f"<i>{character}</i>" for character in label),
}
HEADLINES = {
    "h1": f"<h1>{TITLE}</h1>",
    "div": f'<div class="con_tit">{TITLE}</div>',
    "cell": f'<table><tr><td class="title">{TITLE}</td></tr></table>',
    "broken": "<h1>关于做好2025年度<br>专项检查工作的通知</h1>",
}
DATED = {
    "label": "<div>发布日期：2025-03-05　来源：甲乙局　浏览次数：12</div>",
    "behind_source": "<div>来源：甲乙局 发布时间：2025年3月5日 10:08 字体：大 中 小</div>",
    "no_label": "<div>2025-03-05 10:08:11 来源：甲乙局 【字体：大 中 小】 打印</div>",
    "list_items": "<ul><li>2025年03月05日</li><li>来源：甲乙局</li></ul>",
    "elements": "<p><span>发布时间</span><em>2025-03-05</em><span>来源</span><em>甲乙局</em></p>",
    "touching": "<div><i></i>2025-03-05<i>123</i> 来源：甲乙局</div>",
    "updated": "<div>更新时间：2025/3/5 来源：甲乙局</div>",
}
TEXTS = {
    "paragraphs": f'<div class="zw"><p>各苏木镇人民政府：</p><p>　　{ORDER}</p><p>　　{DEADLINE}</p></div>',
    "breaks": f'<div class="zw">各苏木镇人民政府：<br>　　{ORDER}<br>　　{DEADLINE}<br></div>',
    "bare": f"<p>2025年7月1日，旗财政局召开会议，传达上级精神，安排下一阶段工作任务。</p><p>{DEADLINE}</p>",
    "short": "<div><p>详见附件。</p><p><a href='x.pdf'>附件：实施方案全文下载.pdf</a></p></div>",
    "dated": f"<div><p>（2025年1月15日）</p><p>{ORDER}</p><p>{DEADLINE}</p></div>",
}
METAS = {
    "none": "",
    "same": f'<meta name="PubDate" content="2025-03-05 09:00"><meta name="ArticleTitle" content="{TITLE}">',
    "other": f'<meta name="PubDate" content="2025-06-01 09:00"><meta name="ArticleTitle" content="{TITLE}">',
}
ROW = "<li><a href='/{0}'>关于开展第{0}项工作的通知内容</a> 2025-10-{0}</li>"
ROWS = f"<ul>{ROW.format(10)}{ROW.format(11)}</ul>"
ABOVE = {
    "clock": "<div>2026年11月23日 星期一</div>",
    "logo": "<h1 class='logo'>某某旗人民政府</h1>",
    "sidebar": f"<div class='side'><h3>最新公告</h3>{ROWS}</div>",
}
BELOW = {
    "related": f"<div><h3>相关文档</h3>{ROWS}</div><div>主办单位：某某旗人民政府办公室</div>",
    "neighbours": "<div>上一篇：<a>某某事项的公示公告</a> 2025-11-11</div><div>下一篇：没有了</div>",
    "table": "<table><tr><td>事项</td><td>日期</td></tr><tr><td>检查</td><td>2025-08-08</td></tr></table>",
}


def page(
    inner: str, *, meta: str = "", title: str = "某某旗人民政府", above: str = "", below: str = ""
) -> bytes:
    head = f"<head><meta charset='utf-8'><title>{title}</title>{meta}</head>"
    return f"<html>{head}<body>{above}<div class='main'>{inner}</div>{below}</body></html>".encode()


def check_facts(reading: DocumentReading, empty: frozenset[int]) -> None:
    def want(number: int) -> str | None:
        return None if number in empty else FACTS[number][1]

    assert reading.index_number == want(0)
    assert reading.category == want(1)
    assert reading.publisher == want(2)
    assert reading.issued_on == (None if 3 in empty else date(2025, 3, 1))
    assert reading.doc_number == want(5)
    assert reading.keywords == want(6)
    for number, name in ((1, "category"), (2, "publisher"), (5, "doc_number"), (6, "keywords")):
        assert reading.labels[name] is (LabelState.EMPTY if number in empty else LabelState.VALUE), name


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "empty", [frozenset[int](), frozenset({5}), frozenset({1, 6})], ids=["full", "one", "two"]
)
def test_every_table_in_every_spelling(table: str, spelling: str, empty: frozenset[int]) -> None:
    facts = [
        (SPELLINGS[spelling](label), "" if at in empty else value) for at, (label, value) in enumerate(FACTS)
    ]
    reading = read_document(page(TABLES[table](facts) + HEADLINES["h1"] + TEXTS["paragraphs"]), "")
    check_facts(reading, empty)
    assert reading.title == TITLE
    assert (reading.published_on, reading.date_source) == (date(2025, 3, 1), None)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_all_shapes_together(data: st.DataObject) -> None:
    def one(shapes: dict[str, str]) -> str:
        return shapes[data.draw(st.sampled_from(sorted(shapes)))]

    empty = data.draw(st.frozensets(st.sampled_from([1, 2, 3, 5, 6]), max_size=2))
    facts = [(label, "" if at in empty else value) for at, (label, value) in enumerate(FACTS)]
    table = TABLES[data.draw(st.sampled_from(sorted(TABLES)))](facts)
    headline, dated, text, meta = one(HEADLINES), one(DATED), one(TEXTS), one(METAS)
    inner = data.draw(
        st.sampled_from(
            [
                table + headline + dated + text,
                headline + dated + table + text,
                headline + dated + text + table,
            ]
        )
    )
    reading = read_document(page(inner, meta=meta, above=one(ABOVE), below=one(BELOW)), "")
    check_facts(reading, empty)
    assert (reading.title or "").replace(" ", "") == TITLE
    assert (reading.published_on, reading.date_source) == (date(2025, 3, 5), DateSource.PAGE)
    assert reading.source == "甲乙局"
    assert any("2025-06-01" in one for one in reading.conflicts) == (meta == METAS["other"])

"""Which hosts a crawl may open."""

from pathlib import Path

from app.plans import hosts_of
from tests.app.deployment import deploy, news

APPS = """    apps:
      - {{id: zwgk, name: 掌上政务, {address}, monitored_from: 2026-09-01}}
"""
NEWS = news("dt", "http://www.example.gov.cn/dt/")


def test_an_app_known_by_a_page_opens_that_page_and_the_stores_it_may_link_to(tmp_path: Path) -> None:
    link = deploy(tmp_path / "a", [NEWS], more=APPS.format(address='package_url: "http://a.example/a.apk"'))
    assert hosts_of(link) == {"www.example.gov.cn"}
    page = deploy(tmp_path / "b", [NEWS], more=APPS.format(address='page_url: "http://b.example/app/"'))
    assert {"b.example", "itunes.apple.com", "sj.qq.com"} <= hosts_of(page)
    for office in (link, page):
        office.archive.close()

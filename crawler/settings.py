"""Scrapy settings, each with its reason. A deployment's own values are laid over by `scrapy_settings`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Settings

BOT_NAME = "zwgk"
SPIDER_MODULES = ["crawler.spiders"]
USER_AGENT = "zwgk/0.1 (public disclosure monitor; contact not given)"

# Politeness: one connection and a full delay between starts; jitter would go below the promised second.
CONCURRENT_REQUESTS = 64
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0
ROBOTSTXT_OBEY = False  # crawler.middlewares.robots obeys instead: RFC 9309, with approved exceptions
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 503, 504]  # 403, 412, 429, 521 are answers: asking again annoys
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
REDIRECT_MAX_TIMES = 5

# Safety: statuses are data, certificates count, nothing but http and https, no side doors.
HTTPERROR_ALLOW_ALL = True
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_MAXSIZE = 10_000_000  # bytes, also after decompression
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 15  # seconds, the clause's own limit
DNS_TIMEOUT = 8
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False  # "not found" pages refresh to the home page: that is no list
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
URLLENGTH_LIMIT = 4096

# What costs (perf.md §1): Scrapy starts CONCURRENT_ITEMS tasks for every response.
CONCURRENT_ITEMS = 1
LOG_LEVEL = "ERROR"  # what a site does wrong is an observation, not a log line
MEMUSAGE_ENABLED = False
LOGSTATS_INTERVAL = 0
STATS_DUMP = False
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.ScrapyPriorityQueue"

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,*/*;q=0.5",
    "Accept-Language": "zh-CN,zh;q=0.9",
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the guard is stricter
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "crawler.middlewares.guard.GuardMiddleware": 50,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.pace.PaceMiddleware": 610,
    "crawler.middlewares.breaker.BreakerMiddleware": 620,
}
ITEM_PIPELINES = {"crawler.pipelines.StorePipeline": 100, "crawler.pipelines.ShowPipeline": 200}

ZWGK_ALLOW_PRIVATE: list[str] = []
ZWGK_ROBOTS_EXCEPTIONS: list[Mapping[str, str]] = []
ZWGK_BREAKER = 4  # attempts without connection, one after the other, before a host counts as dead
ZWGK_REST_MAX_S = 60.0  # longest Retry-After that is waited for
ZWGK_CRAWL_DELAY_MAX_S = 10.0
ZWGK_BATCH = 20  # observations stored in one transaction
ZWGK_DATABASE_URL = ""  # with run and fence: where observations go; empty: shown, not stored
ZWGK_RUN_ID = 0
ZWGK_FENCE = 0
ZWGK_PAGE_BUDGET = 10
ZWGK_UNDATED_BUDGET = 5
ZWGK_ACCOUNTS_TIMEOUT_S = 15.0
ZWGK_BROWSER = "auto"  # for pages that scripts make, where one is installed; "off": never
ZWGK_BROWSER_PATH = ""  # its program; empty: Playwright's own Chromium, else the system's
ZWGK_BROWSER_PAGES = 2  # at once; an on-demand check has a place of its own (all in all some 400 MB)
ZWGK_BROWSER_PAGE_S = 45.0  # seconds a page may take, its scripts' requests kept apart by the delay included


def scrapy_settings(settings: "Settings") -> dict[str, object]:
    """This module's settings with a deployment's values over them."""
    mine = {name: value for name, value in globals().items() if name.isupper() and name != "TYPE_CHECKING"}
    return mine | {
        "USER_AGENT": settings.user_agent,
        "DOWNLOAD_DELAY": settings.delay_s,
        "DOWNLOAD_TIMEOUT": settings.timeout_s,
        "DOWNLOAD_MAXSIZE": settings.max_body_bytes,
        "ZWGK_ALLOW_PRIVATE": list(settings.allow_private),
        "ZWGK_ROBOTS_EXCEPTIONS": [
            {"host": one.host, "path": one.path, "reason": one.reason, "approver": one.approver}
            for one in settings.robots_exceptions
        ],
        "ZWGK_PAGE_BUDGET": settings.page_budget,
        "ZWGK_UNDATED_BUDGET": settings.undated_budget,
        "ZWGK_ACCOUNTS_TIMEOUT_S": settings.accounts_timeout_s,
        "ZWGK_BROWSER": settings.browser,
        "ZWGK_BROWSER_PATH": settings.browser_path,
    }

"""Which kind of column a name means, and how often such a column should move. Data, and one rule to read it.

A kind is given only for a reason: words in the name, or the page's own ColumnType. A name that fits two
kinds, or speaks of another body's information, gets none: a person decides.
"""

import re
from dataclasses import dataclass

from domain.units import CLOCK_OF, ColumnKind

_WORDS: tuple[tuple[ColumnKind, str], ...] = (
    (
        ColumnKind.ANNUAL_REPORT,
        r"(?:政府|政务)?信息公开(?:工作)?(?:年度?(?:工作)?报告?|报告)|(?:公开|部门|单位|本级|镇街|乡镇)?(?<![青少老])年报"
        r"|公开年度报告|^年度报告$|^(?:工作)?年度工作?报告$",
    ),
    (
        ColumnKind.BUDGET,
        r"预决算|预算决算|决算预算|(?:部门|政府|财政|单位|年度|公共)?(?:预算|决算)(?:公开|信息|报告)?|[“\"]?三公[”\"]?经费",
    ),
    (
        ColumnKind.INTERPRETATION,
        r"(?:政策|文件|法规|权威|专家|图文|图片|媒体|部门|领导|负责人|一把手)?解读|图[解说]政策|政策图[解说]|^图解$|一图(?:读懂|看懂)",
    ),
    (ColumnKind.INTERVIEWS, r"(?:在线|网上|视频|领导|嘉宾|网络|热线)?访谈|在线直播|政风行风热线|嘉宾访谈"),
    (
        ColumnKind.CONSULTATION,
        r"调查征集|征集调查|(?:民意|意见|网上|在线)?征集|(?:网上|在线|民意|问卷|网络)调查|征求意见|意见征询",
    ),
    (ColumnKind.CONCERNS, r"(?:回应|热点|社会|舆情)(?:社会|热点|舆情)?(?:关切|回应|热点)|关切回应|回应"),
    (
        ColumnKind.LEADERS,
        r"领导(?:之窗|信息|成员|班子|简介|介绍|分工|简历|风采|风范|名录|一览|团队)"
        r"|(?:政府|机关|机构|单位|部门|苏木|管委会|党组|中心|街道|[省市县区旗州盟镇乡局厅办院会]"
        r"|(?<![省市县区旗州盟])委)领导$|^领导$|^(?:[省市县区旗州盟镇乡]政府)?[省市县区旗州盟镇乡局厅]长$|[省市县区旗镇乡]长之窗|领导干部信息",
    ),
    (
        ColumnKind.DIRECTORY,
        r"(?:政府|政务)?(?:信息)?(?:主动)?公开(?:基本|事项|标准)?目录|(?:法定)?主动公开(?:内容|信息|目录|事项)"
        r"|法定公开内容|信息公开基本目录",
    ),
    (ColumnKind.RULES, r"(?:行政)?规范性文件"),
    (
        ColumnKind.ANNOUNCEMENTS,
        r"(?:通知|公示|公告|通告)[、与和及]?(?:通知|公示|公告|通告)"
        r"|^(?:政府|政务|机关|部门|单位|本级|本[局县区市旗镇]|[省市县区旗州盟镇乡局]级?|最新|重要|工作|文件|信息)?"
        r"(?:公告|通知|公示|通告)(?:栏|信息)?$",
    ),
    (
        ColumnKind.NEWS,
        r"[\u4e00-\u9fff]{0,6}动态(?:信息)?|[\u4e00-\u9fff]{0,4}要闻|工作信息|部门(?:信息|资讯)$|政务资讯"
        r"|^[\u4e00-\u9fff]{0,6}新闻(?:资讯|快递|速递)?$|工作快讯",
    ),
    (
        ColumnKind.SERVICES,
        r"办事(?:服务|指南|大厅|流程|事项)|政务服务|(?:在线|网上|个人|法人|企业|公民)(?:办事|服务)"
        r"|服务(?:指南|事项)|(?:便民|公共|部门)服务|^办事$",
    ),
    (ColumnKind.KEY_AREAS, r"(?:信息公开)?重点领域(?:信息)?(?:公开)?(?:专栏)?"),
    (
        ColumnKind.POLICY,
        r"政策文件|政府文件|部门文件|^(?!.{0,4}规范性)[\u4e00-\u9fff]{0,6}(?:文件|政策)(?:库|公开|资料|通知|信息)?$|政策(?:法规|规章)$"
        r"|(?:法律|政策)?法规(?:规章|文件|政策)?$|(?:政府|部门)规章|公文(?:公开|发布)?$|政策发布",
    ),
)

_AREAS = (
    "财政资金 财政信息 政府采购 公共资源交易 公共资源配置 重大建设项目 重大项目 社会公益事业"
    " 社会救助 养老服务 社会保险 就业创业 就业信息 义务教育 教育信息 医疗卫生 卫生健康"
    " 公共卫生 食品药品 食品药品安全 食品安全 药品安全 安全生产 生态环境 环境保护 环保信息"
    " 征地拆迁 土地征收 征地信息 征收补偿 国有土地上房屋征收 保障性住房 住房保障 农村危房改造"
    " 脱贫攻坚 扶贫 扶贫领域 乡村振兴 涉农补贴 惠农补贴 涉农领域 公共文化服务 公共法律服务"
    " 户籍管理 税收管理 市政服务 城市综合执法 行政处罚 行政许可 双随机 价格和收费 稳岗就业"
    " 国资国企 灾害事故救援 救灾"
)
AREAS = frozenset(_AREAS.split())
"""Fields that are published as 重点领域: a kind only below a heading that says so."""

_UNDER_AREAS = re.compile(r"重点领域|试点领域|主动公开|公开目录|基层政务公开|标准化")

_NOT_OWN = re.compile(
    r"国务院|中央|中国政府网|党中央|国家|全国|自治区|省政府|省委|上级|国内|国际|外地|兄弟|各[地省]|地方动态|行业|业界"
    r"|市场动态|[省盟]政策|省级?要闻|省[内情]"
)
_OTHER_THINGS: tuple[tuple[str, str], ...] = (
    (r"信箱|留言|来信|写信|咨询|投诉|举报|监督电话|12345|热线电话", "是互动受理，不是发布栏目"),
    (
        r"网站.{0,6}(?:报表|年报|年度报告)|(?:企业|社会组织|统计|财务|法治).{0,6}年报|法治政府.*报告|工作报告$",
        "不是信息公开年报",
    ),
    (r"采购|招标|投标|中标|拍卖|出让|招聘|招考|录用|人事(?!务)|任免|征地|征收|土地|拍租|遗失|法院", ""),
    (r"公开(?:工作)?(?:指南|制度|规定|条例)|依申请公开|机构(?:职能|设置|概况)",
     "细则没有按它设期限，可作下级栏目的入口"),
    (r"公报", "公报不在细则所列类别之中"),
    (r"新闻发布会|发布会", "新闻发布会不在细则所列类别之中"),
    (r"领导(?:活动|讲话|批示|调研|致辞|言论)|讲话", "不是领导成员信息"),
    (r"(?:图片|视频|影像|专题)(?:新闻|资讯|动态|报道)", "图片或视频一般另在别的栏目发布"),
    (r"党建|党务|党风|党员|廉政|纪检|群团|工会|共青团|妇联", "是党务群团信息，不是政务信息"),
    (r"评价|评议|满意度|好差评", "是评价结果，不是发布栏目"),
    (r"(?:局|(?<!大)厅|委员会|办公室|管委会|人民政府|办事处|出版社|[日晚时]报)$", "是机构或媒体的名称"),
    (r"下载|专题|专栏|搜索|检索|邮箱|地图|登录|注册|平台$|客户端|公众号|微博|微信", ""),
)  # fmt: skip

_PATTERNS = tuple((kind, re.compile(words)) for kind, words in _WORDS)
_OTHER_PATTERNS = tuple((re.compile(words), why) for words, why in _OTHER_THINGS)


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind and the reason for it; `kind` None: why there is none."""

    kind: ColumnKind | None
    why: str


def guess_kind(name: str, *, under: str = "", column_type: str = "") -> Guess:
    """The kind a column's name means. `under`: the heading above it; `column_type`: its page's own meta.

    The name goes before the ColumnType, which many portals fill with one word for all columns.
    """
    by_name = _by_words(name, "名称")
    if by_name.kind is ColumnKind.SERVICES and "重点领域" in under:
        by_name = Guess(None, f"{by_name.why}，但在“{under}”之下，可能是重点领域的一项")
    if by_name.kind is None and name in AREAS and _UNDER_AREAS.search(under):
        by_name = Guess(ColumnKind.KEY_AREAS, f"“{name}”是重点领域之一，在“{under}”之下")
    if not column_type or column_type == name:
        return by_name
    by_type = _by_words(column_type, "本页 ColumnType ")
    if by_name.kind is None:
        return by_type if by_type.kind and not _blocked(name) else by_name
    if by_type.kind not in (None, by_name.kind):
        return Guess(by_name.kind, f"{by_name.why}；本页 ColumnType 写的是“{column_type}”，请核对")
    return by_name


def _by_words(name: str, where: str) -> Guess:
    if found := _NOT_OWN.search(name):
        return Guess(None, f"{where}含“{found.group()}”，可能是上级或外地的信息")
    found_other = _blocked(name)
    if found_other is not None:
        return found_other
    hits = [(kind, hit.span()) for kind, pattern in _PATTERNS if (hit := pattern.search(name))]
    hits = [one for at, one in enumerate(hits) if not _is_covered(one[1], hits[:at], hits[at + 1 :])]
    if not hits:
        return Guess(None, f"{where}里没有类别用词")
    kinds = list(dict.fromkeys(kind for kind, _ in hits))
    if len(kinds) > 1:
        return Guess(None, f"{where}同时像{'和'.join(kinds)}，分不清")
    start, end = hits[0][1]
    return Guess(kinds[0], f"{where}含“{name[start:end]}”")


def _blocked(name: str) -> Guess | None:
    """What a name speaks of that only looks like one of the kinds."""
    for pattern, why in _OTHER_PATTERNS:
        if found := pattern.search(name):
            return Guess(None, f"名称含“{found.group()}”，{why or '用途不明确'}")
    return None


Hits = list[tuple[ColumnKind, tuple[int, int]]]


def _is_covered(span: tuple[int, int], earlier: Hits, later: Hits) -> bool:
    """Do words of another kind hold these and more, or the same words of a kind that is listed before?"""
    inside = [other for _, other in (*earlier, *later) if other[0] <= span[0] and span[1] <= other[1]]
    return any(other != span for other in inside) or any(other == span for _, other in earlier)


_HUBS = (
    re.compile(
        r"(?:信息|政务)公开(?!指南|制度|年|.{0,2}报告|.{0,4}意见|规定|条例)|公开(?:目录|平台|专栏)|主动公开"
    ),
    re.compile(
        r"重点领域|新闻(?:中心|网|频道|信息)|资讯|信息发布|政务动态|互动|交流|^政务$|^公开$|政府信息$"
    ),
)


def hub_rank(name: str) -> int | None:
    """How promising a page is to lead to more columns: 0 before 1; None: not worth a request."""
    return next((rank for rank, words in enumerate(_HUBS) if words.search(name)), None)


def clock_of(kind: ColumnKind) -> str:
    """How often a column of the kind should move, as the registry writes it."""
    return CLOCK_OF.get(kind, "none")

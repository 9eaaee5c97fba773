"""Invented names and texts of the simulated banner; no real place, office or person is meant."""

from random import Random

BANNERS = ("云杉旗", "白桦旗", "鸿雁旗", "沙棘旗", "星野旗", "青驹旗", "胡杨旗")
TOWNS = ("芦花镇", "石门坎镇", "柳泉镇", "月牙湖镇", "金莲苏木", "白音泉苏木", "红柳镇", "驼铃苏木")
DEPARTMENTS = (
    "发展和改革局", "教育体育局", "财政局", "民政局", "水利局", "农牧局", "交通运输局", "卫生健康局",
    "应急管理局", "审计局", "统计局", "林业和草原局",
)  # fmt: skip
PARKS = ("工业园区管理委员会", "现代农牧业园区管理委员会", "物流园区管理委员会")
OTHERS = ("总工会", "档案史志馆", "就业服务中心", "公用事业发展中心", "融媒体中心")
OUTSIDERS = ("人民政府办公厅", "人民法院", "气象局", "烟草专卖局")
"""Publishers on the shared column that are known to be no assessed unit."""

WORK = (
    "安全生产",
    "防汛抗旱",
    "乡村振兴",
    "营商环境",
    "政务服务",
    "森林草原防火",
    "秋季田管",
    "校园周边治理",
)
DEEDS = ("召开{0}工作推进会", "开展{0}专项检查", "组织{0}业务培训", "深入一线调研{0}工作", "多措并举抓好{0}")
NOTICES = ("关于做好{0}工作的通知", "关于开展{0}专项行动的通知", "{0}工作公告", "关于{0}情况的公示")
POLICIES = ("关于印发{0}实施方案的通知", "关于加强{0}工作的意见", "{0}管理办法")
ENTRIES = ("机构职能", "领导分工", "法规文件", "财政预决算", "公共服务", "监督检查", "应急管理", "公开指南")
BODIES = (
    "为贯彻落实有关部署，进一步做好{0}工作，现将有关事项说明如下。",
    "会议强调，各有关单位要压实责任，细化举措，确保{0}各项任务落到实处。",
    "下一步，将持续推进{0}工作，及时公开进展情况，自觉接受社会监督。",
)
CATEGORIES = ("农业、林业、水利", "财政、金融、审计", "城乡建设、环境保护", "综合政务")
PINYIN = {
    "发展和改革局": "fgj", "教育体育局": "jtj", "财政局": "czj", "民政局": "mzj", "水利局": "slj",
    "农牧局": "nmj", "交通运输局": "jtysj", "卫生健康局": "wjj", "应急管理局": "yjj", "审计局": "sjj",
    "统计局": "tjj", "林业和草原局": "lcj",
}  # fmt: skip
"""Address parts of the departments; other units are numbered."""


def news_title(random: Random, unit: str) -> str:
    return f"{unit}{random.choice(DEEDS).format(random.choice(WORK))}"


def notice_title(random: Random, unit: str, *, policy: bool) -> str:
    form = random.choice(POLICIES if policy else NOTICES)
    return f"{unit}{form.format(random.choice(WORK))}"


def paragraphs(random: Random) -> tuple[str, ...]:
    work = random.choice(WORK)
    return tuple(body.format(work) for body in BODIES)

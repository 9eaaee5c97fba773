"""The labels pages write before a document's facts, and what each means. Data; compared without blanks."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

_SPELLINGS = {
    "index_number": "索引号 索取号 信息索引 信息索引号 索引编号 索引码 政务索引号 文件索引号 信息编号",
    "category": (
        "主题分类 信息分类 信息类别 公开分类 分类 主题类别 公开类别 所属分类 内容分类 信息主题分类"
        " 公开信息分类 政策分类 文件分类 信息种类 所属类别 类别 主题 所属主题 主题/分类 主题词分类"
        " 分类名称 信息所属类别 主题(一) 主题（一） 主题分类(一) 信息主题 信息分类名称 组织分类"
        " 公开目录分类"
    ),
    "publisher": (
        "发布机构 发文机构 发文机关 责任部门 发布单位 发布机关 公开责任部门 制发机关 成文机关 发文单位"
        " 制定机关 公布机关 发布部门 发文部门 公开机构 公开机关 公开主体 信息公开责任部门 发布主体"
        " 责任单位 公开单位 公开部门 信息发布机构 制文机关 印发机关 制发单位 制发机构 制发部门 颁布机关"
        " 生成单位 产生单位 印发单位 公开责任单位 信息来源单位 信息生成单位 发布者 公布单位 编制机关"
        " 信息发布单位 信息发布部门 发文机构名称 发布机构名称 公布机构 信息公开机构 制作单位 制作机关"
    ),
    "title": (
        "名称 信息名称 文件名称 标题 文件标题 信息标题 文件名 政策名称 文件题名 公文名称 公文标题 题名"
        " 文章标题"
    ),
    "doc_number": (
        "文号 发文字号 文件编号 文件号 发文文号 文件字号 文件文号 公文文号 发布文号 公文字号 发文号"
        " 字号文号 文件发文号 公文编号 政策文号 批准文号 文号字号 文书号 文件字号文号 行文字号"
        " 规范性文件编号 备注/文号 文号/备注 文件号/文号 文件(文)号 文件（文）号 公文号 规范性文件文号"
    ),
    "keywords": (
        "主题词 关键词 关键字 主题词/关键词 主题关键词 关键词/主题词 标签 信息关键词 主题(词) 主题（词）"
    ),
    "issued_on": (
        "成文日期 生成日期 发文日期 成文时间 生成时间 发文时间 印发日期 印发时间 制发日期 形成日期"
        " 产生日期 形成时间 产生时间 签发日期 签发时间 制定日期 制文日期 文件日期 颁布日期 公文日期"
        " 公文时间 制作日期 信息形成日期 发文日期/时间 文件生成日期 信息生成日期 落款日期 通过日期"
        " 出台日期 签署日期 签署时间 公文生成日期 公文生成时间 文件成文日期 印制日期"
    ),
    "published": (
        "发布日期 发布时间 公开日期 公布日期 公布时间 公开时间 时间发布 日期发布 发表时间 发表日期"
        " 发稿时间 信息发布日期 信息发布时间 发布于 上网日期 上网时间 上传时间 上传日期 添加时间"
        " 添加日期 信息时间 信息日期 录入时间 录入日期 提交时间 刊发时间 刊发日期 文章发布时间"
        " 网站发布日期 公开发布日期 发布时间为 上载时间 创建时间 报送时间 新闻时间 发帖时间 发布日"
        " 撰写时间 编辑时间"
    ),
    "updated": "更新时间 更新日期 修改时间 修改日期 最后更新 最后更新时间 最近更新",
    "day": "时间 日期",
    "source": (
        "来源 信息来源 文章来源 稿件来源 新闻来源 稿源 文稿来源 内容来源 来源单位 消息来源 转载来源"
        " 文章出处 出处 资讯来源 供稿来源 信息出处 本文来源 来源于 发布来源 文件来源"
    ),
    "validity": (
        "时效性 有效性 效力状态 文件状态 是否有效 有效状态 文件有效性 时效 效力 信息有效性 有效期"
        " 信息时效期 时效期 规范性文件时效 文件时效 是否失效 现行有效"
    ),
    "effective_on": "生效日期 生效时间 施行日期 实施日期 实施时间 施行时间 执行日期 开始日期",
    "expires_on": "失效日期 失效时间 废止日期 废止时间 终止日期 截止日期 截止时间",
    "other": (
        "公开方式 公开时限 公开范围 公开程序 公开属性 公开形式 公开时效 信息属性 载体类型 载体形式"
        " 体裁分类 体裁 服务对象 服务对象分类 组配分类 记录编号 作者 编辑 责任编辑 责编 浏览次数 浏览量"
        " 浏览数 浏览 点击 点击数 点击量 点击率 点击次数 访问量 访问次数 阅读次数 阅读量 阅读数 阅读"
        " 字体 字号 字体大小 打印 分享 分享到 分享至 视力保护色 保护视力色 背景色 审核 审核人 审签 录入"
        " 录入人 供稿 撰稿 撰稿人 记者 通讯员 摄影 附件 备注 文种 公文种类 文件类型 文件种类 信息类型"
        " 内容概述 内容摘要 内容描述 概述 摘要 信息摘要 语种 页数 效力级别 公开期限 保密期限 公开依据"
        " 主送机关 联合发文单位 所属栏目 栏目 所属机构 领域分类 行业分类 发布人 下载 收藏 浏览人数 查看"
        " 查看次数 人气 次数 热度 关注度 大小 文字大小 文章字号 内容导航 二维码 校对 一审 二审 三审 初审"
        " 复审 终审 监制 签发人 发布层级 文件格式 信息格式 存放位置 获取方式 内容分类号 公开目录"
        " 目录编号 统一编号 规范性文件统一编号 登记号 有效期至 解读机关 解读机构 您是第 文章来自"
        " 图片来源 稿费 邮箱 电话 时效状态 发布形式 公文生效日期 公文失效日期 相关解读 政策解读 相关文档"
        " 相关链接 相关附件 延伸阅读 主题(二) 主题（二） 统一登记号 登记日期 备案号 备案日期 审核日期"
        " 文件下载 关联文件 适用范围 服务对象类别 公开类型 体裁类别 主题体裁 规范性文件有效期 修订日期"
        " 来文单位 办理状态 答复单位 文件原文 政策咨询 咨询电话 联系电话 联系人 地址 公开载体 是否公开"
    ),
}

LABELS: Mapping[str, str] = MappingProxyType(
    {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings.split()}
)
"""Spelling without blanks → what it means. `published`, `updated` and `day` are dates of publication, of
falling strength; `other` are labels whose only use is to end the value before them."""

LONGEST = max(map(len, LABELS))
BEGINNINGS = frozenset(spelling[0] for spelling in LABELS)
SIZES_BY_END: Mapping[str, Sequence[int]] = MappingProxyType(
    {
        end: sorted({len(one) for one in LABELS if one[-1] == end}, reverse=True)
        for end in {spelling[-1] for spelling in LABELS}
    }
)
"""Last character of a label → how long labels that end with it are, the longest first."""

_WRAPPING = ":：∶︰[]【】［］"
_OPENINGS = BEGINNINGS | set(_WRAPPING)

BLOCK_FIELDS = frozenset({"index_number", "category", "publisher", "doc_number", "keywords", "issued_on"})
"""Labels that only an information table has: where several stand together, there is one."""

_NONE = "无 暂无 没有 无文号 （无） (无) 【无】 无发文字号 无主题词 无关键词 暂无文号 无内容"
DECLARED_NONE = frozenset(_NONE.split())

_NOTHING = "null undefined none nan - -- --- — —— / \\ . 、 ； ; ， ,"
NO_VALUE = frozenset(_NOTHING.split())
"""What systems print where nothing was entered."""


def label_of(text: str) -> str | None:
    """What a text without blanks means when it is nothing but a label (colon or brackets left aside)."""
    if len(text) > LONGEST + 4 or text[:1] not in _OPENINGS:
        return None
    return LABELS.get(text.strip(_WRAPPING))

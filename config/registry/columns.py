"""The columns of a registry, and what headers call them."""

from enum import StrEnum

from config.sheets import Columns


class Column(StrEnum):
    """A column, in the order in which the rooms behind take the cells."""

    UNIT_CODE = "unit_code"
    UNIT_NAME = "unit_name"
    PARENT_CODE = "parent_code"
    LEVEL = "level"
    BRANCH_CODE = "branch_code"
    BRANCH_NAME = "branch_name"
    MEMBERS = "members"
    EMPLOYEES = "employees"
    KIND = "kind"
    STATUS = "status"
    INDUSTRY = "industry"
    GRADE = "grade"
    LEADER = "leader"
    PHONE = "phone"
    OFFICER_CODE = "officer_code"
    OFFICER_NAME = "officer_name"
    CHANNEL = "channel"
    SUCCESSOR = "successor"


COLUMNS = tuple(Column)
UNIT_COLUMNS, BRANCH_COLUMNS = COLUMNS[:4], COLUMNS[4:]
COUNTS = (Column.MEMBERS, Column.EMPLOYEES)
MANDATORY = (Column.UNIT_CODE, Column.BRANCH_CODE, Column.BRANCH_NAME, *COUNTS)

_NAMES = {
    Column.UNIT_CODE: ("单位编码", "单位代码", "单位编号", "所属单位编码", "所属单位代码", "区划代码", "行政区划代码"),
    Column.UNIT_NAME: (
        "单位名称",
        "单位",
        "所属单位",
        "所属单位名称",
        "县区",
        "区县",
        "县市区",
        "所属县区",
        "县",
        "unit",
    ),
    Column.PARENT_CODE: (
        "上级编码",
        "上级代码",
        "上级单位编码",
        "上级单位代码",
        "parent",
        "parent unit code",
        "parent unit",
    ),
    Column.LEVEL: ("级别", "层级", "单位级别", "单位层级", "unit level"),
    Column.BRANCH_CODE: (
        "支部编码",
        "支部代码",
        "支部编号",
        "党支部编码",
        "组织编码",
        "组织代码",
        "党组织编码",
        "党组织代码",
        "企业编码",
    ),
    Column.BRANCH_NAME: (
        "支部名称",
        "支部",
        "党支部",
        "党支部名称",
        "组织名称",
        "党组织名称",
        "企业名称",
        "branch",
        "enterprise",
    ),
    Column.MEMBERS: ("党员数", "党员人数", "党员总数", "党员", "party members", "number of members"),
    Column.EMPLOYEES: (
        "职工数",
        "职工人数",
        "职工总数",
        "职工",
        "员工数",
        "员工人数",
        "从业人数",
        "number of employees",
        "staff",
    ),
    Column.KIND: ("组织类型", "组织类别", "支部类型", "类型", "类别", "branch kind", "type"),
    Column.STATUS: ("状态", "组织状态", "支部状态", "branch status"),
    Column.INDUSTRY: ("行业", "所属行业", "行业类别", "sector"),
    Column.GRADE: ("等级", "星级", "评级", "评定等级", "rating"),
    Column.LEADER: ("负责人", "书记", "支部书记", "党组织书记", "联系领导", "secretary"),
    Column.PHONE: (
        "电话",
        "联系电话",
        "电话号码",
        "负责人电话",
        "书记电话",
        "手机",
        "手机号",
        "手机号码",
        "telephone",
        "phone number",
        "mobile",
    ),
    Column.OFFICER_CODE: ("联络员编码", "联络员代码", "联络员编号", "liaison code"),
    Column.OFFICER_NAME: ("联络员", "联络员姓名", "liaison", "liaison officer", "officer"),
    Column.CHANNEL: ("渠道", "通知渠道", "联络渠道", "通知地址", "address of the officer"),
    Column.SUCCESSOR: (
        "并入",
        "并入支部",
        "并入支部编码",
        "并入组织",
        "并入组织编码",
        "合并到",
        "合并至",
        "merged into",
        "successor code",
    ),
}
TABLE = Columns(
    names=_NAMES,
    needed=MANDATORY,
    passed_over=("序号", "备注", "说明", "no", "no.", "#", "serial number", "remarks", "remark", "note", "notes"),
    key=Column.BRANCH_CODE,
    groups=(*UNIT_COLUMNS, Column.KIND, Column.INDUSTRY),
)
"""Where a registry stands in a sheet."""

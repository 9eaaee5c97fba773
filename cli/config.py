"""zwgk config: look at the deployment's files."""

import typer

from cli.options import HERE, AsJson, Folder
from cli.output import note, print_json, say
from config.check import check as all_problems
from config.check import notices
from domain.errors import InputError

app = typer.Typer(add_completion=False, help="设置、单位表和细则。", no_args_is_help=True)


@app.callback()
def config() -> None:
    """设置、单位表和细则。"""


@app.command()
def check(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """检查设置、单位表和细则：一次列出全部问题，注明文件、行号和改法。"""
    problems = all_problems(folder)
    remarks = notices(folder)
    if as_json:
        print_json({"ok": not problems, "problems": problems, "remarks": remarks})
    else:
        for problem in problems:
            note(str(problem))
        for remark in remarks:
            say(f"提示：{remark}")
        if not problems:
            say(f"配置没有问题（{len(remarks)} 条提示）。")
    if problems:
        if not as_json:
            note(f"共 {len(problems)} 处配置问题。")
        raise typer.Exit(InputError.exit_code)

"""zwgk init: make a deployment."""

from pathlib import Path
from typing import Annotated

import typer

from cli.output import say
from cli.session import office_of
from config.init import init_folder

app = typer.Typer(add_completion=False)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="新的部署文件夹")],
    simulation: Annotated[
        bool, typer.Option("--simulation", help="建模拟库：可用 --as-of，永久标明“模拟”，不能改为正式库")
    ] = False,
) -> None:
    """建立部署：带注释的设置、细则中列名的全部单位、两个附件的评估细则。"""
    init_folder(folder, simulation=simulation)
    with office_of(folder) as office:
        if simulation:
            office.archive.mark_simulation()
        units = len(office.registry.units)
    say(f"已建立{'模拟' if simulation else ''}部署 {folder}：{units} 个单位，两个附件的评估细则。")
    say(f"下一步：在 {folder / 'units'} 中按注释里的样例登记各单位的栏目和账号，")
    say(f"在 {folder / 'zwgk.yaml'} 中填写联系方式，再运行 zwgk --dir {folder} config check。")

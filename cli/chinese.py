"""The words typer puts around our own in `--help`, in Chinese."""

from typing import Any

from typer import rich_utils

WORDS = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "DEFAULT_STRING": "[默认：{}]",
    "ENVVAR_STRING": "[环境变量：{}]",
    "REQUIRED_LONG_STRING": "[必填]",
}


def speak_chinese() -> None:
    """Set the titles of help panels; typer reads them when it prints."""
    for name, text in WORDS.items():
        setattr(rich_utils, name, text)


def help_option_in_chinese(ctx: Any, command: Any) -> Any:
    """The command, with what its `--help` (and its subcommands') says of itself in Chinese."""
    option = command.get_help_option(ctx)
    if option is not None:
        option.help = "显示用法"
    for inner in getattr(command, "commands", {}).values():
        help_option_in_chinese(ctx, inner)
    return command

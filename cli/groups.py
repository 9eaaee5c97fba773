"""The commands and where each lives; a command's module is loaded only when it is asked for.

Reading saved pages must start fast, and it needs neither database nor crawler.
"""

from importlib import import_module
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command as command_of

from cli.chinese import help_option_in_chinese

COMMANDS = {
    "init": "cli.init",
    "config": "cli.config",
    "register": "cli.register",
    "discover": "cli.discover",
    "crawl": "cli.crawl",
    "check": "cli.check",
    "adopt": "cli.adopt",
    "accept": "cli.accept",
    "extract": "cli.extract",
    "events": "cli.events",
    "clues": "cli.clues",
    "explain": "cli.explain",
    "decide": "cli.decide",
    "appeal": "cli.appeal",
    "attest": "cli.attest",
    "mark": "cli.mark",
    "score": "cli.score",
    "warn": "cli.warn",
    "forecast": "cli.forecast",
    "rejudge": "cli.rejudge",
    "month": "cli.month",
    "notice": "cli.notice",
    "remind": "cli.remind",
    "notify": "cli.notify",
    "schedule": "cli.schedule",
    "tasks": "cli.tasks",
    "sources": "cli.sources",
    "verify": "cli.verify",
    "backup": "cli.backup",
    "restore": "cli.restore",
    "serve": "cli.serve",
    "user": "cli.user",
    "doctor": "cli.doctor",
}
"""Name of a command -> the module whose `app` it is, in the order in which an office meets them."""


class LazyGroup(TyperGroup):
    """The root command: finds its commands in COMMANDS."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The named command, loaded now; None for an unknown name. (typer keeps these types private.)"""
        if cmd_name not in COMMANDS:
            return None
        command = command_of(import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
        return help_option_in_chinese(ctx, command)

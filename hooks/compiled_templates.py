"""Templates are compiled once for all targets and builds (events: on_config, on_env)."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig

from hooks.publishing.template_cache import template_cache
from macros.pages import html
from macros.register import context_of


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give our templates their cache."""
    html.keep_compiled(template_cache(context_of(config).book.root))
    return config


def on_env(env: Environment, config: MkDocsConfig, **_: Any) -> Environment:
    """Give those of the theme the same."""
    env.bytecode_cache = template_cache(context_of(config).book.root)
    return env

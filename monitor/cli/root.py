"""The tree of commands."""

from __future__ import annotations

import typer

from monitor.cli import (
    alerts,
    classify,
    config,
    db,
    demo,
    doctor,
    evaluate,
    export,
    extract,
    feeds,
    replay,
    rules,
    run,
    scorecard,
    sources,
    stories,
    trace,
    train,
    verdicts,
    watch,
    web,
    why,
    works,
)
from monitor.cli.options import ConfigFile, Data, Lang, examples
from monitor.cli.session import Given

app = typer.Typer(
    name="cocorico",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("cocorico demo", "cocorico run", "cocorico classify article.txt"),
)


@app.callback()
def cocorico(ctx: typer.Context, *, data: Data = None, config: ConfigFile = None, lang: Lang = None) -> None:
    """Watch entertainment news, and crow when a new French original or a renewal is announced.

    --data, --config and --lang may stand before or after the command's name.
    """
    ctx.obj = Given(data=data, config=config, lang=lang)


#: In the order the help lists them: what a newcomer needs first, on top.
for _module, _command in (
    (run, run.run),
    (demo, demo.demo),
    (replay, replay.replay),
    (classify, classify.classify),
    (extract, extract.extract),
    (trace, trace.trace),
    (why, why.why),
    (works, works.works),
    (doctor, doctor.doctor),
    (web, web.web),
    (feeds, feeds.feeds),
    (scorecard, scorecard.scorecard),
    (export, export.export),
):
    app.command(epilog=examples(*_module.EXAMPLES))(_command)
app.command("import", epilog=examples(*export.IMPORT_EXAMPLES))(export.import_)
app.command("eval", epilog=examples(*evaluate.EXAMPLES))(evaluate.evaluate)
app.command(epilog=examples(*train.EXAMPLES))(train.train)
for _name, _group in (
    ("sources", sources.app),
    ("stories", stories.app),
    ("alerts", alerts.app),
    ("verdicts", verdicts.app),
    ("watch", watch.app),
    ("rules", rules.app),
    ("config", config.app),
    ("db", db.app),
):
    app.add_typer(_group, name=_name)

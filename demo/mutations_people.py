"""Rules broken about what people do: decisions, exemptions, appeals, four eyes, what units are told."""

from demo.mutation import Edit, Mutation

PEOPLE = (
    Mutation("appeal: the last day is too late", (
        Edit("app/appeals.py", "local_day(at) > until:", "local_day(at) >= until:"),
    ), ("tests/app/test_appeals.py",)),
    Mutation("appeal: no period", (
        Edit("app/appeals.py", "if until is not None and local_day(at) > until:",
             "if until is not None and until.year < 2000:"),
    ), ("tests/app/test_appeals.py",)),
    Mutation("held looks charge a later month", (
        Edit("domain/events.py", "contested=bool(finding.held)", "contested=False"),
    ), ("tests/domain/test_events.py",)),
    Mutation("an exemption cannot be taken back", (
        Edit("domain/events.py", "elif until is not None and local_day(one.at) <= until:", "elif False:"),
    ), ("tests/domain/test_exemptions.py",)),
    Mutation("a crawl undoes a decision made meanwhile", (
        Edit("storage/events.py", "identified(judged, stored) != replace(judged, id=stored.id)", "False"),
    ), ("tests/storage/test_events.py", "tests/app/test_judge.py")),
    Mutation("mass change: columns only", (
        Edit(
            "app/judge.py",
            "look.kind is not SubjectKind.DOCUMENT and",
            "look.kind is SubjectKind.COLUMN and",
        ),
    ), ("tests/app/test_judge.py",)),
    Mutation("mass change: forgotten with the run that died", (
        Edit("app/crawls.py", "        _settle(office)\n", "        pass\n"),
    ), ("tests/app/test_crawls.py",)),
    Mutation("a row without a date accuses", (
        Edit("monitors/columns.py", "if may_be(seen.undated_on):", "if False:"),
    ), ("tests/monitors/test_columns.py",)),
    Mutation("appeal: decided by who filed it", (
        Edit("app/appeals.py", 'refuse_same(by, [appeal.filed_by], "', 'refuse_same(by, [], "'),
    ), ("tests/app/test_appeals.py",)),
    Mutation("appeal: decided by who confirmed the event", (
        Edit("app/appeals.py", 'refuse_same(by, confirmed, "', 'refuse_same(by, [], "'),
    ), ("tests/app/test_appeals.py",)),
    Mutation("four eyes: one person decides of the office's own units", (
        Edit("app/signing.py", "unit.office_own and not other", "unit.office_own and other is None"),
    ), ("tests/app/test_appeals.py",)),
    Mutation("four eyes: the second person may be the first", (
        Edit("app/signing.py", "if other and people(first) & people(other):", "if other == first == '':"),
    ), ("tests/app/test_appeals.py",)),
    Mutation("four eyes: one person attests of the office's own units", (
        Edit("app/decisions.py", "signature(unit, seen.by", "signature(None, seen.by"),
    ), ("tests/app/test_decisions.py",)),
    Mutation("four eyes: one person adopts a check of the office's own units", (
        Edit("app/decisions.py", "signature(unit_of(office, check.unit_id), by", "signature(None, by"),
    ), ("tests/app/test_decisions.py",)),
    Mutation("told: 泄密 too", (
        Edit("app/told.py", "in valid and not _secret(office, valid, one)", "in valid"),
    ), ("tests/app/test_told.py",)),
    Mutation("told: what waits for a person because many turned", (
        Edit("app/told.py", "event.unconfirmed and bool(event.held)", "False"),
    ), ("tests/app/test_told.py",)),
)  # fmt: skip

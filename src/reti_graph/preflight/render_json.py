"""The outcome of a preflight for programs."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from reti_graph.preflight.plan import ACTIONS
from reti_graph.validation.render import as_document

if TYPE_CHECKING:
    from reti_graph.preflight.plan import Change
    from reti_graph.preflight.run import Outcome


def render_json(outcome: Outcome) -> str:
    """Return the outcome as JSON: the report as `validate` writes it, and the plan beside it.

    `plan` is null where a portal would break off. docs/preflight.md has the keys.
    """
    counted = Counter(change.action for change in outcome.changes)
    plan = {
        "compared": outcome.compared,
        "counts": {action: counted[action] for action in ACTIONS},
        "changes": [_change(change) for change in outcome.changes],
    }
    document = {
        "address": outcome.address,
        "pages": list(outcome.pages),
        **as_document(outcome.report),
        "plan": plan if outcome.complete else None,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _change(change: Change) -> dict[str, object]:
    return {
        "action": change.action,
        "dataset": change.dataset,
        "title": dict(change.title),
        "reasons": [dict(reason) for reason in change.reasons],
        "other": change.other,
    }

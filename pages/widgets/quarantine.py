"""What became of every row of the gate logs, and whether what they add up to fits what was published."""

from __future__ import annotations

from pages.queries.quarantine import log_accounts, log_checks, quarantined_rows
from pages.widgets.links import show_link
from pages.widgets.lists import show_checks
from pages.widgets.screen import this_screen
from pages.widgets.sections import document_link, show_section
from pages.wording.catalog import _
from pages.wording.quarantine import account_finding, account_table, quarantine_table


def show_log_quality() -> None:
    """The account of the rows, the rows kept apart by reason, the checks of the logs."""
    release = this_screen().release
    accounts = log_accounts(release)
    links = {_("Document"): [document_link(each.source, each.title) for each in accounts]}
    about = _(
        "Rows in = accepted + kept apart + ignored, counted in every build; a build in which they differ publishes nothing."
    )
    if accounts:
        show_section("accounts", account_finding(accounts), account_table(accounts), links=links, about=about)
    apart = quarantined_rows(release)
    if apart:
        masked = _(
            "Rows kept apart count nowhere; what stood there is shown with long numbers masked, for they could point at a person."
        )
        show_section("quarantine", _("Rows kept apart, by reason"), quarantine_table(apart), about=masked)
    if checks := log_checks(release):
        show_checks(checks)
        show_link(_("All checks"), "sources", {"part": "checks"})

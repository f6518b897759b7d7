"""What the window needs besides itself, made by the application."""

from dataclasses import dataclass

from explorer.gui.design.theme import Theme
from explorer.gui.look import Look
from explorer.gui.tasks import EngineService, QueryService
from explorer.gui.viewmodels.case_control import CaseControl


@dataclass(frozen=True, slots=True)
class Services:
    """The look, the two ways of working outside the window's thread, and the case."""

    theme: Theme
    look: Look
    engine: EngineService
    query: QueryService
    control: CaseControl

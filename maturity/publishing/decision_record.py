"""A decision as one page of HTML to print and sign: the question, its options, what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from maturity.publishing.paper import page

STYLE = """
body { font: 11pt/1.45 'Source Sans 3', 'Source Sans', Helvetica, Arial, sans-serif; color: #14202B; margin: 2rem; }
main { max-width: 46rem; margin: 0 auto; }
h1 { font-size: 1.5rem; line-height: 1.25; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid #C9D1D9; }
.signed td { height: 3.5rem; width: 50%; }
@page { margin: 18mm; }
"""


def decision_record(
    question: str, background: str, facts: Mapping[str, str], options: Sequence[tuple[str, str, str]]
) -> str:
    """The page; `options` are name, cost and effect in words."""
    about = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(words)}</td></tr>' for name, words in facts.items()
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(cost)}</td><td>{escape(effect)}</td></tr>'
        for name, cost, effect in options
    )
    body = (
        f"<p>{escape(background)}</p><h2>Options</h2><table><thead><tr><th scope='col'>Option</th>"
        f"<th scope='col'>Cost</th><th scope='col'>What comes of it</th></tr></thead><tbody>{rows}</tbody></table>"
        f"<h2>About it</h2><table><tbody>{about}</tbody></table>"
        '<table class="signed"><tbody><tr><td>Name and day</td><td>Signature</td></tr></tbody></table>'
    )
    return page(question, STYLE, "Record of a leadership decision", body)

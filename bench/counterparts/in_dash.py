"""The content of a screen (bench/content.py) as a Dash page: ``python in_dash.py CONTENT PORT``."""

import json
import logging
import sys
from pathlib import Path
from typing import Any

from dash import Dash, dcc, html


def shown(piece: dict[str, Any]) -> Any:
    """One piece of content as the Dash component people use for it."""
    match piece["kind"]:
        case "heading":
            return html.H1(piece["text"])
        case "link":
            return dcc.Link(piece["text"], href=piece["address"])
        case "chart":
            return dcc.Graph(figure=piece["figure"], config={"displayModeBar": False})
        case "table":
            head = html.Thead(html.Tr([html.Th(name) for name in piece["columns"]]))
            body = html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in piece["rows"]])
            return html.Details([html.Summary("Table"), html.Table([head, body])])
        case "choice":
            return dcc.Dropdown(piece["options"], value=next(iter(piece["options"]), None))
        case "button":
            return html.Button(piece["text"])
    return dcc.Markdown(piece["text"])


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = Dash(__name__)
    app.layout = html.Div([shown(piece) for piece in json.loads(Path(sys.argv[1]).read_text("utf-8"))])
    app.run(host="127.0.0.1", port=int(sys.argv[2]), debug=False)

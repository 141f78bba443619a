"""What must hold of the built site.

Every link leads somewhere, nothing is loaded from another host, and a notebook has a page with all of its cells.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from lxml import html

__all__ = ["complaints"]

_CSS = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])\s*(https?:)?//([^'\")\s]+)", re.IGNORECASE)
#: Elements with `href` that leads a reader somewhere, and the kinds of `link` that load nothing.
_LEADS = ("a", "area")
_SAID = {"canonical", "alternate", "prev", "next", "license", "author"}
#: Diagrams are the one thing for which the scripts of the theme fetch a library.
_FETCHED = "//pre[contains(concat(' ', @class, ' '), ' mermaid ')]"


def complaints(site: Path) -> list[str]:
    """One sentence for each link that leads nowhere, load from another host, and notebook that is not shown, sorted.

    Args:
        site: The folder of the built site.
    """
    trees = {page: html.parse(str(page)).getroot() for page in sorted(site.rglob("*.html"))}
    ids = {page: {*tree.xpath("//@id"), *tree.xpath("//a/@name")} for page, tree in trees.items()}
    found = [sentence for page, tree in trees.items() for sentence in _of_page(site, page, tree, ids)]
    for sheet in sorted(site.rglob("*.css")):
        found += [
            f"{sheet.relative_to(site)} loads {hit[2]} from another host: serve it with the site"
            for hit in _CSS.finditer(sheet.read_text("utf-8"))
        ]
    found += [
        sentence for notebook in sorted(site.rglob("*.ipynb")) for sentence in _of_notebook(site, notebook, trees)
    ]
    return sorted(set(found))


def _of_notebook(site: Path, notebook: Path, trees: dict[Path, html.HtmlElement]) -> list[str]:
    name = notebook.relative_to(site)
    tree = trees.get(notebook.with_suffix("") / "index.html")
    if tree is None:
        return [f"{name} has no page that shows it: put {name.with_suffix('.md')} into the navigation"]
    cells = [cell for cell in json.loads(notebook.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    shown = len(tree.xpath("//*[contains(concat(' ', @class, ' '), ' language-python ')]"))
    outputs = len(tree.xpath("//article//*[contains(concat(' ', @class, ' '), ' language-text ')] | //article//img"))
    if shown < len(cells) or not outputs:
        return [f"{name} has a page that lacks cells, or what they gave: build the site from the notebook as it is"]
    return []


def _of_page(site: Path, page: Path, tree: html.HtmlElement, ids: dict[Path, set[str]]) -> list[str]:
    name = page.relative_to(site)
    found = []
    if tree.xpath(_FETCHED):
        found.append(f"{name} has a diagram, for which a browser fetches a library from another host: use an image")
    for element, attribute, link, _ in tree.iterlinks():
        leads = element.tag in _LEADS or (element.tag == "link" and _SAID & set(element.get("rel", "").split()))
        parts = urlsplit(link)
        if parts.scheme in ("http", "https") or parts.netloc:
            if not leads:
                found.append(f"{name} loads {link} from another host: serve it with the site")
        elif not parts.scheme and attribute in ("href", "src") and _lost(site, page, link, ids):
            found.append(f"{name} links to {link}, which the site does not have")
    return found


def _lost(site: Path, page: Path, link: str, ids: dict[Path, set[str]]) -> bool:
    address, anchor = urldefrag(link)
    path = unquote(urlsplit(address).path)
    target = (site / path.lstrip("/") if path.startswith("/") else page.parent / path).resolve() if path else page
    if target.is_dir():
        target /= "index.html"
    if not target.is_file() or not target.is_relative_to(site):
        return True
    return bool(anchor) and target in ids and unquote(anchor) not in ids[target]

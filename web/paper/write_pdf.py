# Makes a PDF from one of our papers: paper.json -> paper.pdf in the folder it stands in, inside the sandbox of
# `kpuhub write-pdf`. Nothing is fetched: only the pictures that the JSON names are served. The same JSON gives the same bytes.
import json
import os
import sys

with open("paper.json", encoding="utf-8") as file:
    paper = json.load(file)
os.environ["SOURCE_DATE_EPOCH"] = str(paper["epoch"])    # fontTools writes it into the fonts

import html5lib  # noqa: E402
import weasyprint  # noqa: E402
from weasyprint.formatting_structure import boxes  # noqa: E402

MOST_PASSES = 12    # each settles at least one page; what is left then keeps a cell without its line


def fetch(url, *_, **__):
    name = url.removeprefix("paper:")
    if name == url or name not in paper["pictures"]:
        raise ValueError("not a part of this paper")
    return {"string": paper["pictures"][name].encode(), "mime_type": "image/svg+xml"}


def first_rows(document):
    """The row (its id) that each page begins with inside a table body, as far as a table goes on from the page before."""
    found, seen = [], set()

    def rows(box):
        if isinstance(box, boxes.TableRowBox) and box.element is not None and box.element.get("id"):
            yield box.element.get("id")
        for child in getattr(box, "children", ()):
            yield from rows(child)

    for page in document.pages:
        here = list(rows(page._page_box))
        if here:
            table = here[0].split("-")[0]
            if table in seen:
                found.append(here[0])
            seen.update(row.split("-")[0] for row in here)
    return found


def rows_below_titles():
    """Row -> the title row right above it, which goes to the next page with it. The first row of a table stays where it is."""
    above = {}
    for body in html5lib.parse(paper["html"], namespaceHTMLElements=False).iter("tbody"):
        trees = body.findall("tr")[1:]
        for before, row in zip(trees, trees[1:]):
            if before.get("class") == "title":
                above[row.get("id")] = before.get("id")
    return above


def with_titles(rows, above):
    found = []
    for row in rows:
        while row in above:
            row = above[row]
        found.append(row)
    return found


def cut(tree, starts):
    """Cuts each cell that spans over the row a page begins with, so that every page has whole cells."""
    for table in tree.iter("table"):
        body = table.find("tbody")
        if body is None:
            continue
        trees = list(body.findall("tr"))
        open_cells = {}    # column -> [cell, rows left, columns]
        for number, row in enumerate(trees):
            column, position, cells = 0, 0, list(row)
            begins = row.get("id") in starts
            if begins:
                row.set("class", "begins")
            while position < len(cells) or column in open_cells:
                if column in open_cells:
                    held = open_cells[column]
                    if begins:
                        cell, left, columns = held
                        cell.set("rowspan", str(int(cell.get("rowspan")) - left))
                        rest = cell.makeelement("td", {key: value for key, value in cell.items() if key != "rowspan"})
                        rest.set("rowspan", str(left))
                        row.insert(list(row).index(cells[position]) if position < len(cells) else len(row), rest)
                        held[0] = rest
                    column += held[2]
                    continue
                cell = cells[position]
                position += 1
                columns = int(cell.get("colspan", "1"))
                if int(cell.get("rowspan", "1")) > 1:
                    open_cells[column] = [cell, int(cell.get("rowspan")), columns]
                column += columns
            for key in list(open_cells):
                open_cells[key][1] -= 1
                if open_cells[key][1] == 0:
                    del open_cells[key]


def render(starts):
    tree = html5lib.parse(paper["html"], namespaceHTMLElements=False)
    cut(tree, starts)
    whole = html5lib.serialize(tree, quote_attr_values="always", omit_optional_tags=False)
    return weasyprint.HTML(string=whole, base_url="paper:", url_fetcher=fetch).render(
        stylesheets=[weasyprint.CSS(string=paper["css"], base_url="paper:", url_fetcher=fetch)])


starts, above = [], rows_below_titles()
for _ in range(MOST_PASSES):
    document = render(set(starts))
    found = with_titles(first_rows(document), above)
    if found == starts:
        break
    same = 0
    while same < min(len(found), len(starts)) and found[same] == starts[same]:
        same += 1
    # A page that overflowed moves all later ones: those are found anew. The first time all are taken as they are.
    starts = found if not starts or same == len(starts) else found[:same + 1]
document.write_pdf("paper.pdf", identifier=bytes.fromhex(paper["identifier"]))
sys.exit(0)

"""Makes the lecture's notebooks for Java from its examples.

    python src/test/python/make_notebooks.py            # writes examples/notebooks/ex11_*.ipynb
    python src/test/python/make_notebooks.py --check    # writes nothing; exit code 1 if one differs

The code is that of Ex11_1.java to Ex11_9.java, and the text between it that of notebooks.md, so
change those and run this again. Needs Python 3.9 or newer, and nothing else.

A notebook has the statements of the example's method `run`, and a blank line between them starts a new
cell. Only whole statements can be in a cell. So a try statement that contains a blank line is taken
apart: its resources become variables, which the last cell closes, in reverse order, under the
comment that precedes the try statement. The statement `return` is left out. The parameters of `run`,
and the constants and methods that it uses, become cells of their own.

The examples are formatted by google-java-format, so that indentation alone shows where statements
begin and end.
"""

import argparse
import json
import pathlib
import re
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
EXAMPLES = PROJECT / "examples" / "io" / "github" / "convnet4j" / "examples"
NOTEBOOKS = PROJECT / "examples" / "notebooks"
TEXTS = HERE / "notebooks.md"
PACKAGE = "io.github.convnet4j.examples"
COMMAND = "python3 examples/notebooks/start.py"

# How a notebook gets what `main` passes to `run`.
PARAMETERS = {
    "Console": "Notebook.console(image -> display(image))",
    "DataSets": "Notebook.images(console)",
}


def fail(message):
    sys.exit("make_notebooks.py: " + message)


class Example:
    """The parts of an example's source."""

    def __init__(self, name):
        self.name = name
        self.lines = (EXAMPLES / f"{name}.java").read_text(encoding="utf-8").splitlines()
        self.imports = [line for line in self.lines if line.startswith("import ")]
        self.parameters, self.statements = None, None
        self.constants, self.methods = [], []
        for start, line in enumerate(self.lines):
            if re.match(r"  (private )?static final ", line):
                self.constants.append(self.documented(start, self.end(start, ";")))
            elif re.match(r"  public static .* run\(", line):
                self.parameters = re.findall(r"(\w+) (\w+)[,)]", line)
                self.statements = dedent(self.lines[start + 1 : self.end(start, "  }")])
            elif re.match(r"  private static .*\(", line):
                self.methods.append(self.documented(start, self.end(start, "  }")))
        if self.statements is None:
            fail(f"{name}.java has no method run whose parameters are on one line")

    def end(self, start, last):
        """The line at or after `start` that ends with `last`, or is `last` if it is a brace."""
        for number in range(start, len(self.lines)):
            line = self.lines[number]
            if line == last or (last == ";" and line.endswith(last)):
                return number
        fail(f"{self.name}.java, line {start + 1}: this does not end")

    def documented(self, start, end):
        """A member without its modifiers, under its javadoc as a plain comment."""
        code = dedent(self.lines[start : end + 1])
        code[0] = re.sub(r"^(private )?static ", "", code[0])
        first = start
        if self.lines[start - 1].endswith("*/"):
            while not self.lines[first].lstrip().startswith("/**"):
                first -= 1
        words = " ".join(re.sub(r"^ *(/\*\*|\*/|\*)|\*/$", "", line) for line in self.lines[first:start])
        comment = re.sub(r"\{@\w+ ([^}]*)\}", r"\1", " ".join(words.split()))
        return [f"// {line}" for line in textwrap.wrap(comment, 97)] + code


def dedent(lines):
    return textwrap.dedent("\n".join(lines)).split("\n")


def cells_of(lines, closing):
    """Cuts statements into cells. Adds to `closing` the resources that are to be closed."""
    cells, cell = [], []

    def end_cell():
        if cell:
            cells.append(list(cell))
            cell.clear()

    number = 0
    while number < len(lines):
        line = lines[number]
        body, after = block(lines, number) if line.startswith("try (") else ([], number)
        if not line and not lines[number + 1].startswith(" "):
            end_cell()
            number += 1
        elif any(not inner for inner in body):
            comment = [above for above in cell if above.startswith("//")]
            del cell[:]
            header = lines[number : lines.index(body_start(lines, number), number) + 1]
            resources = declarations(header)
            names = [re.match(r"\w+(?:<.*>)? (\w+) =", line) for line in resources]
            closing[:0] = [f"{name[1]}.close();" for name in reversed(names) if name]
            closing[:0] = comment
            first, *others = cells_of(dedent(body), closing)
            cells.append(resources + first)
            cells.extend(others)
            number = after
        elif line.startswith("return "):
            while not lines[number].endswith(";"):
                number += 1
            number += 1
        else:
            cell.append(line)
            number += 1
    end_cell()
    return cells


def body_start(lines, start):
    """The last line of the header of the try statement at `start`."""
    return next(line for line in lines[start:] if line.endswith("{"))


def block(lines, start):
    """The body of the try statement at `start`, and the number of the line after it."""
    first = lines.index(body_start(lines, start), start) + 1
    end = next(n for n in range(first, len(lines)) if lines[n] and not lines[n].startswith(" "))
    if lines[end] != "}":
        return [], start  # It has a catch or finally clause.
    return lines[first:end], end + 1


def declarations(header):
    """The resources of a try statement as statements."""
    text = "\n".join(header)[len("try (") : -len(") {")] + ";"
    return re.sub(r"^    ", "", text, flags=re.M).split("\n")


def code_cells(example):
    closing = []
    cells = cells_of(example.statements, closing)
    if closing:
        cells.append(sorted(closing, key=lambda line: not line.startswith("//")))

    for method in example.methods:
        name = re.search(r"(\w+)\(", next(line for line in method if not line.startswith("//")))[1]
        uses = [n for n, cell in enumerate(cells) if re.search(rf"\b{name}\(", "\n".join(cell))]
        if uses:
            cells.insert(uses[0], method)

    before, constants = [], list(example.constants)
    used = words(cells)
    for kind, name in example.parameters:
        if kind in PARAMETERS:
            before.append([f"{kind} {name} = {PARAMETERS[kind]};"])
        else:  # The settings, whose default is a constant.
            constant = next(c for c in constants if f"final {kind} " in c[-1])
            constants.remove(constant)
            constant[-1] = re.sub(rf"final {kind} \w+", f"{kind} {name}", constant[-1])
            before.append(constant)
    constants = [c for c in constants if re.search(r"(\w+) =", "\n".join(c))[1] in used]
    if constants:
        before.append([line for constant in constants for line in constant])
    cells = before + cells
    return [["\n".join(imports(example, cells))]] + cells


def words(cells):
    return set(re.findall(r"\w+", "\n".join(line for cell in cells for line in cell)))


def imports(example, cells):
    """What the cells need of the example's imports and of its package."""
    used = words(cells)
    neighbours = {path.stem for path in EXAMPLES.glob("*.java")} & used
    lines = [f"import {PACKAGE}.{name};" for name in neighbours]
    lines += [line for line in example.imports if re.search(r"(\w+);", line)[1] in used]
    return sorted(lines)


def read_texts():
    """The title and text of each notebook, and its texts by the code that they precede."""
    texts = {}
    for part in re.split(r"^# ", TEXTS.read_text(encoding="utf-8"), flags=re.M)[1:]:
        title, *sections = re.split(r"^## ", part, flags=re.M)
        heading, text = title.split("\n", 1)
        before = {}
        for section in sections:
            anchor, explanation = section.split("\n", 1)
            before[anchor.strip().strip("`")] = explanation.strip()
        texts[heading.split(":")[0]] = (f"# {heading.strip()}\n\n{text.strip()}", before)
    return texts


def cell(kind, number, lines, **metadata):
    text = "\n".join(lines)
    made = {"cell_type": kind, "id": f"{kind}-{number}", "metadata": metadata}
    if kind == "code":
        made = {"cell_type": kind, "execution_count": None, **made, "outputs": []}
    return {**made, "source": text.splitlines(keepends=True)}


def notebook(example, texts):
    title, before = texts
    file = f"{example.name}.java"
    code = code_cells(example)
    for anchor in before:
        found = [lines for lines in code if anchor in "\n".join(lines)]
        if len(found) != 1:
            fail(f"notebooks.md: {len(found)} cells of {file} have the code {anchor}, not one")
    link = f"[{file}](../{'/'.join(EXAMPLES.parts[-4:])}/{file})"
    cells = [cell("markdown", 0, [title, "", f"{link} · `{COMMAND}`"])]
    for number, lines in enumerate(code, start=1):
        text = "\n".join(lines)
        for anchor, explanation in before.items():
            if anchor in text:
                cells.append(cell("markdown", number, [explanation]))
        # A tool that runs notebooks, such as papermill, adds its own settings after this cell.
        tags = {"tags": ["parameters"]} if "TrainingSettings settings =" in text else {}
        cells.append(cell("code", number, lines, **tags))
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Java (jjava)", "language": "java", "name": "java"},
            "language_info": {"file_extension": ".jshell", "name": "Java"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare, and write nothing")
    check = parser.parse_args().check
    texts, different = read_texts(), []
    for number in range(1, 10):
        name = f"ex11_{number}"
        made = notebook(Example(f"Ex11_{number}"), texts[name])
        text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
        file = NOTEBOOKS / f"{name}.ipynb"
        if check:
            if not file.is_file() or file.read_text(encoding="utf-8") != text:
                different.append(file.name)
        else:
            NOTEBOOKS.mkdir(exist_ok=True)
            file.write_bytes(text.encode())
    if different:
        fail(f"not made from the examples as they are: {', '.join(different)}; run it without --check")


if __name__ == "__main__":
    main()

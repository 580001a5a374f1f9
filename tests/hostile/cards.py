"""Cards that attack whoever reads them: what they hold is made here, since files of such bytes are hard to look at.

A case is named by its defect, and has one line that says what it attacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CSI = "\x1b[2J\x1b[31mred\x1b[999;1H\x1b[?1049l"
OSC = "\x1b]0;title\x07\x1b]2;title\x1b\\\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\\x1b]52;c;aGk=\x07"
DCS = "\x1bP$q q\x1b\\\x1b_Gf=100,a=T;AAAA\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\\x1bc\x1b#8\x1b(0"
C0 = "".join(map(chr, range(0x20))).replace("\n", "").replace("\r", "") + "\x7f"
C1 = "".join(map(chr, range(0x80, 0xA0))) + "\x9b2J\x9d0;x\x9c\x90q\x9c"
BIDI = "\u202egnp.exe\u202c\u2066x\u2069\u2067y\u2069\u2068z\u200e\u200f\u061c\u202a\u202b\u202d"
INVISIBLE = "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u180eh\u2028i\u2029j\u034fk\u115fl\u3164m\ufff9n\U0001d173o"
TAGS = "\U000e0001\U000e0069\U000e0067\U000e006e\U000e007f\ufe0f\U000e0100"
MARKS = "e" + "\u0301" * 10_000
ZALGO = "".join(character + "\u0301\u0315\u0334\u20dd\u0489" * 12 for character in "zalgo")
WIDE = "表" * 300 + "\uff21" * 40
EMOJI = "👨\u200d👩\u200d👧\u200d👦👩🏽\u200d🚀🇩🇪❤\ufe0f" + "🏴\U000e0067\U000e0062\U000e007f" + "🧑\u200d" * 50
MARKUP = "[/] [red] [@click=app.quit]x[/] [MASK] [link=file:///etc/passwd]y[/link] {{x}} :smile: $x @{y}"
FORMULA = "=cmd|'/C calc'!A0"
HTML = "<script>alert(1)</script><img src=x onerror=alert(1)>| a \\| b ` ``` ~~~ </td> <!-- --> ![x](http://e.example/)"
LATEX = r"\input{/etc/passwd} % & _ ^^M # $ ~ {} \end{tabular} \\ \write18{ls}"
WORKFLOW = "::error file=a,line=1::no%0A::set-output name=x::y%0D::stop-commands::z ##[error]x"
LINKS = "[a](javascript:alert(1)) [b](file:///etc/passwd) <http://e.example> ![i](http://e.example/p.png)"
LONG = "x" * 20_000
HUGE_NUMBERS = f"1e400 {'9' * 5000} -1e-400 0x{'f' * 500} 1{'_0' * 100} 1{',000' * 400} 1e999999999999"


_FIELDS = (
    "title base dataset result reported heading word item setting set column cell row framework license tag metric task"
    " type config split key value name language"
).split()
"""What stands before the attack in each field, so that what is shown says where it comes from."""


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile card."""

    attacks: str
    """What it attacks, in one line."""

    data: bytes


def quoted(text: str) -> str:
    """A double-quoted scalar of YAML with every character as an escape."""
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


def in_every_field(attack: str) -> str:
    """A Trainer card with a text in every field that is shown: `attack`, behind the name of the field."""
    yaml = {
        field: quoted(field + attack)
        for field in "license tag metric task type dataset config split key value base name language".split()
    }
    cell = attack.replace("|", "\\|")
    return (
        f"---\nlicense: {yaml['license']}\nbase_model: {yaml['base']}\ntags:\n- generated_from_trainer\n"
        f"- {yaml['tag']}\nmetrics:\n- f1\n- {yaml['metric']}\nlanguage: [{yaml['language']}]\n"
        f"{yaml['key']}: {{{yaml['key']}: [{yaml['value']}]}}\ndatasets:\n- {yaml['dataset']}\n"
        f"model-index:\n- name: {yaml['name']}\n  results:\n  - task:\n      name: {yaml['task']}\n"
        f"      type: {yaml['type']}\n    dataset:\n      name: {yaml['dataset']}\n      type: {yaml['type']}\n"
        f"      config: {yaml['config']}\n      split: {yaml['split']}\n      args: {yaml['value']}\n    metrics:\n"
        f"    - name: F1\n      type: f1\n      value: 0.25\n"
        f"    - name: {yaml['metric']}\n      type: {yaml['metric']}\n      value: {yaml['value']}\n---\n\n"
        f"# title{attack}\n\n"
        f"This model is a fine-tuned version of [base{attack}](https://e.example/{attack}) on the dataset{attack}"
        " dataset.\nIt achieves the following results on the evaluation set:\n- Loss: 0.25\n- F1: 0.5\n"
        f"- result{attack}: 0.75\n- text: reported{attack}\n- Map: {{'k{attack}': 0.5, 'l': 0.25}}\n\n"
        f"## heading{attack}\n\nword{attack} **bold{attack}** [link{attack}](http://e.example/{attack})"
        f" ![image{attack}](x{attack}) `code{attack}` <b title='{attack}'>html{attack}</b>\n\n"
        f"> quote{attack}\n\n- item{attack}\n\n```{attack}\nfenced{attack}\n```\n\n<div>block{attack}</div>\n\n"
        f"| th{cell} | b |\n|---|---|\n| td{cell} | d |\n\n"
        f"### Training hyperparameters\n\nThe following hyperparameters were used during training:\n"
        f"- learning_rate: 5e-05{attack}\n- setting{attack}: 1\n- train_batch_size: set{attack}\n\n"
        f"### Training results\n\n| Training Loss | Epoch | Step | Validation Loss | F1 | column{cell} |\n"
        f"|---|---|---|---|---|---|\n| 0.5 | 1.0 | 10 | 0.5 | 0.6 | 0.5 |\n"
        f"| 0.4 | 2.0 | 20 | 0.25 | 0.5 | cell{cell} |\n| 0.3 | 3.0 | 30 | row{cell} |\n\n"
        f"### Framework versions\n\n- Transformers 4.46.3\n- framework{attack} 1.0{attack}\n"
    )


TEXTS: Mapping[str, tuple[str, str]] = {
    "escape-csi": ("the screen: clear it, colour it, leave the app's own", CSI),
    "escape-osc": ("title, links and clipboard of the terminal", OSC),
    "escape-dcs": ("what a terminal answers, and pictures: DCS, APC, PM, SOS, full reset", DCS),
    "controls-c0": ("every control of ASCII: backspaces, bells, NUL", C0),
    "controls-c1": ("sequences that begin with one character beyond ASCII", C1),
    "directions": ("the order in which letters stand", BIDI),
    "invisible": ("names that look equal and are not", INVISIBLE),
    "tag-characters": ("text that only programs see", TAGS),
    "marks-flood": ("a terminal that draws 10,000 accents on one letter", MARKS),
    "marks-zalgo": ("the lines above and below: letters with 60 marks each", ZALGO),
    "wide-letters": ("alignment and cutting: letters of two cells", WIDE),
    "emoji-joined": ("widths of which no two terminals say the same", EMOJI),
    "console-markup": ("Rich and Textual: markup that raises, hides, or presses q", MARKUP),
    "formulas": ("the spreadsheet that a CSV is opened in", FORMULA),
    "formula-tab": ("the same behind a tab", "\t=1+1"),
    "formula-at": ("the same with the sign of Lotus", "@SUM(1+1)*cmd|' /C calc'!A0"),
    "html": ("the page that a Markdown export is rendered on", HTML),
    "latex": ("the paper that a LaTeX table is put into", LATEX),
    "workflow-commands": ("the workflow that prints what check found", WORKFLOW),
    "links": ("whoever clicks: addresses that run or tell", LINKS),
    "long-words": ("lines that have no place to be broken", LONG),
    "huge-numbers": ("arithmetic: numbers beyond all floats", HUGE_NUMBERS),
}
"""Defect → (what it attacks, the text that is put into every field)."""


def from_its_start(attack: str) -> str:
    """The same card with texts that begin with the attack."""
    text = in_every_field(attack)
    for field in _FIELDS:
        text = text.replace(quoted(field + attack), quoted(attack)).replace(field + attack, attack)
    return text


def _bomb(levels: int = 9) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, levels)]
    return "\n".join(lines)


def _merge_bomb(levels: int = 40) -> str:
    lines = ["a0: &a0 {x0: 1, y0: 2}"]
    lines += [f"a{i}: &a{i}\n  <<: [*a{i - 1}, *a{i - 1}]\n  x{i}: 1\n  y{i}: 2" for i in range(1, levels)]
    return "\n".join(lines)


def front(yaml: str) -> bytes:
    """A small card with this front matter, whose last section is its last word."""
    return f"---\nlicense: mit\n{yaml}\n---\n\n# a-run\n\n## Words\n\nbelow.\n".encode("utf-8", "surrogatepass")


def body(text: str) -> bytes:
    """A small Trainer card with this text in its body, and a section behind it."""
    head = "---\nlicense: mit\ntags:\n- generated_from_trainer\n---\n\n# a-run\n\n"
    return f"{head}## Words\n\n{text}\n\n## Behind\n\nbelow.\n".encode("utf-8", "surrogatepass")


def _deep_block(levels: int) -> str:
    return "\n".join(" " * i + f"k{i}:" for i in range(levels)) + " x"


ODD: Mapping[str, Case] = {
    "raw-c1-bytes": Case("terminals of eight bits", in_every_field("\x80").encode().replace(b"\xc2\x80", b"\x9b31m")),
    "raw-escapes-in-yaml": Case("the message of a YAML error", front(f"title: {CSI}{OSC}{C1}\n{CSI}: x\n- {OSC}")),
    "markup-in-yaml-error": Case("the same, as markup", front("[red]title[/]: x: y\n[/]: @x\n*[/]: 1")),
    "yaml-alias-bomb": Case("memory: a billion values in nine lines", front(_bomb())),
    "yaml-alias-chain": Case(
        "the stack: aliases within aliases",
        front("\n".join([f"a{i}: &a{i} [*a{i - 1}]" if i else "a0: &a0 [x]" for i in range(5000)])),
    ),
    "yaml-merge-bomb": Case("memory: merge keys that double", front(_merge_bomb())),
    "yaml-recursive-alias": Case("whoever follows an alias to itself", front("a: &a [*a]\nb: &b {b: *b, <<: *b}")),
    "yaml-deep-flow": Case("the C stack: 10,000 brackets", front("a: " + "[" * 10_000 + "]" * 10_000)),
    "yaml-deep-flow-open": Case("the same, never closed", front("a: " + "{a: " * 10_000)),
    "yaml-deep-block": Case("the same by indentation", front(_deep_block(1500))),
    "yaml-deep-dashes": Case("the same by dashes", front("a:\n" + "- " * 10_000 + "x")),
    "yaml-deep-salvaged": Case(
        "the same in every key that is read alone", front("\n".join(f"k{i}: {'[' * 300}" for i in range(300)))
    ),
    "yaml-python-object": Case(
        "readers that make objects: a command",
        front(
            "a: !!python/object/apply:os.system ['touch /tmp/cardtui-owned']\nb: !!python/name:os.system\n"
            "c: !!binary =\nd: !!timestamp 2024-99-99\ne: !!int x\n!!python/object:x y: 1"
        ),
    ),
    "yaml-huge-numbers": Case(
        "arithmetic: 1e400 and 5,000 digits",
        front(f"a: 1e400\nb: {'9' * 5000}\nc: -.inf\nd: 0x{'f' * 5000}\ne: 1e-99999999999\nf: .nan\ng: 9e{'9' * 400}"),
    ),
    "yaml-surrogates": Case(
        "encoders: halves of characters", front('a: "\\ud800"\nb: "\\udfff\\ud800x"\nc: "\\U00110000"')
    ),
    "yaml-surrogate-bytes": Case("decoders: surrogates in UTF-8", front("a: \ud800\udfff")),
    "yaml-long-key": Case("a reader that bounds keys", front(f"{'k' * 5000}: 1\n? {'k' * 5000}\n: 2")),
    "yaml-many-documents": Case("readers of all documents", front("a: 1\n...\n" + "--- {b: 1}\n...\n" * 500)),
    "yaml-many-anchors": Case("a table of anchors", front("\n".join(f"k{i}: &a{i} x" for i in range(5000)))),
    "markdown-deep-quotes": Case("markdown-it: 10,000 quotes", body(">" * 10_000 + " x")),
    "markdown-deep-lists": Case("the same by lists", body("\n".join("  " * i + "- x" for i in range(400)))),
    "markdown-deep-list-line": Case("the same in one line", body("- " * 10_000 + "x")),
    "markdown-brackets": Case("the search for links: 10,000 [", body("[" * 10_000 + "x" + "](y)" * 10_000)),
    "markdown-brackets-open": Case("the same, never closed", body("[a](" * 10_000)),
    "markdown-images": Case("the same with images", body("![" * 10_000 + "x" + "](y)" * 10_000)),
    "markdown-stars": Case("the search for emphasis: 10,000 *", body("*a " * 10_000 + "**b" * 10_000)),
    "markdown-stars-nested": Case("the same, nested", body("**" * 5_000 + "x" + "**" * 5_000 + "_a*" * 5_000)),
    "markdown-backticks": Case(
        "the search for code: ticks of all lengths", body(" ".join("`" * i for i in range(400)))
    ),
    "markdown-angles": Case(
        "the search for HTML: 10,000 <", body("<" * 10_000 + "a <!--" * 2_000 + "<a href='" * 2_000)
    ),
    "markdown-references": Case(
        "definitions: 5,000 and as many uses",
        body("\n".join(f"[r{i}]: http://e.example/{i}" for i in range(5000)) + "\n\n" + "[r1][r2]" * 5000),
    ),
    "markdown-entities": Case(
        "the decoder of entities", body("&#x1b;[2J &#155;31m &#8238;x &#0; &#xd800; &#1114112; &amp;" * 200)
    ),
    "markdown-table-wide": Case(
        "a table of 5,000 columns", body("|a" * 5000 + "|\n" + "|-" * 5000 + "|\n" + "|b" * 5000 + "|")
    ),
    "markdown-table-ragged": Case(
        "cells that a header multiplies", body("|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + "|b|\n" * 2000)
    ),
    "markdown-pipes": Case("a row of nothing but cells", body("|" * 20_000 + "\n" + "|-" * 20_000)),
    "markdown-backslashes": Case("the reader of escapes", body("\\" * 20_001)),
    "markdown-strikes": Case("the search for ~~", body("~~a" * 10_000)),
    "markdown-html-tags": Case("tags without an end", body("<details>" * 5000 + "<a" * 5000 + "<!--" * 500)),
    "headings-many": Case("lists of sections", body("\n".join(f"# h{i}\n\nx" for i in range(2000)))),
    "fences-many": Case("the search for fences without an end", body("```a\n## b\n~~~c\n<!-- d\n## e\n" * 2000)),
    "comments-open": Case("the search for comments without an end", body("<!-- a\n## b\n" * 2000)),
    "history-wide": Case(
        "a history of 5,000 metrics",
        body(
            "### Training results\n\n| Epoch | Step |"
            + "".join(f" m{i} |" for i in range(5000))
            + "\n"
            + "|-" * 5002
            + "|\n"
            + ("| 1 " * 5002 + "|\n") * 3
        ),
    ),
    "history-nan": Case(
        "arithmetic on nothing",
        body(
            "### Training results\n\n| Training Loss | Epoch | Step | Validation Loss | F1 |\n|-|-|-|-|-|\n"
            "| nan | nan | nan | inf | -inf |\n| 1e400 | 1e308 | 1e308 | 1e-308 | 9e307 |\n"
            "| -1e308 | -1e308 | -9 | -1e308 | 1e308 |\n| inf | inf | inf | nan | 0 |\n| 0 | 0 | 0 | 0 | 0 |"
        ),
    ),
    "history-lists": Case(
        "elements: lists within lists in every cell",
        body(
            "### Training results\n\n| Epoch | Loss | F1 |\n|-|-|-|\n"
            + f"| 1 | {'[' * 500}1{']' * 500} | {[0.5] * 500} |\n" * 20
        ),
    ),
    "cells-of-many-lines": Case(
        "the search for the end of a row",
        body("### Training results\n\n| Epoch | Loss | F1 |\n|-|-|-|\n" + "| 1 | a\n" * 1000 + "b\n" * 1000),
    ),
    "bullets-many": Case(
        "lists of results and settings",
        body(
            "It achieves the following results on the evaluation set:\n"
            + "".join(f"- m{i}: 0.{i}\n" for i in range(5000))
            + "\n### Training hyperparameters\n\n"
            + "".join(f"- s{i}: {i}\n" for i in range(5000))
        ),
    ),
    "nul-bytes": Case("strings of C", b"\0" * 20_000),
    "utf-16-broken": Case("decoders: half a character at the end", b"\xff\xfe" + b"#\0 \0\x00\xd8x"),
    "utf-32": Case("decoders: code points beyond Unicode", b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * 100),
    "only-escapes": Case("a file of nothing else", (CSI + OSC + DCS + C0 + C1).encode() * 100),
    "line-ends": Case(
        "who counts lines: every character that ends one somewhere",
        body("a\rb\r\nc\x0bd\x0ce\x1cf\x1dg\x1eh\x85i\u2028j\u2029k"),
    ),
}
"""Defect → the card."""


def cards() -> dict[str, Case]:
    """Every case that is small enough to be read with all others at once."""
    texts = {
        name: Case(attacks, in_every_field(text).encode("utf-8", "surrogatepass"))
        for name, (attacks, text) in TEXTS.items()
    }
    for name in ("formulas", "formula-tab", "formula-at", "workflow-commands", "latex"):
        attacks, text = TEXTS[name]
        texts[f"{name}-first"] = Case(f"{attacks}; from the first letter on", from_its_start(text).encode())
    return {**texts, **ODD}

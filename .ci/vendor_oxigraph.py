#!/usr/bin/env python3
"""Make kg/exporters/html/assets/vendor/oxigraph.{js,wasm.gz} again from the npm package, byte for byte.

    python3 .ci/vendor_oxigraph.py            # write the two files and print what README.md there must say of them
    python3 .ci/vendor_oxigraph.py --check    # compare with what is kept; exit code 1 when it differs

Fetches one file from registry.npmjs.org and refuses it when it is not the one whose hash stands here. For a newer
version change VERSION and INTEGRITY (`npm view oxigraph@VERSION dist.integrity`), run it, copy what it prints.
"""

import base64
import gzip
import hashlib
import io
import re
import sys
import tarfile
import urllib.request
from pathlib import Path

VERSION = "0.5.11"
INTEGRITY = "sha512-zKdgmp1tsrutGzC1lCCywwZRPpLJKaJnKSDWoY2hIhMiwiCRRXNN1DU7WUyTInBvgPKT8Y5N+RgwTL8qKXpLng=="
TARBALL = f"https://registry.npmjs.org/oxigraph/-/oxigraph-{VERSION}.tgz"
VENDOR = Path(__file__).parents[1] / "kg/exporters/html/assets/vendor"
HEADER = f"""\
// Oxigraph {VERSION} (https://github.com/oxigraph/oxigraph), MIT OR Apache-2.0, (c) the Oxigraph contributors.
// web.js of the npm package without the functions that fetch the WebAssembly file; made by .ci/vendor_oxigraph.py.
"""
FETCHING = re.compile(r"^async function (?:__wbg_load|__wbg_init)\(.*?^\}\n\n?", re.MULTILINE | re.DOTALL)
ENDING = "export { initSync, __wbg_init as default };\n"


def package() -> dict[str, bytes]:
    """The files of the pinned package by name."""
    with urllib.request.urlopen(TARBALL, timeout=60) as answer:
        tarball = answer.read()
    found = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode("ascii")
    if found != INTEGRITY:
        sys.exit(f"{TARBALL} is not what was reviewed: {found}")
    with tarfile.open(fileobj=io.BytesIO(tarball)) as archive:
        return {name: archive.extractfile(f"package/{name}").read() for name in ("web.js", "web_bg.wasm")}


def held(web: str) -> str:
    """web.js as a module that the page can hold: no fetch, no address of its own, `initSync` exported in place."""
    text, cut = FETCHING.subn("", web)
    if cut != 2 or text.count(ENDING) != 1 or text.count("\nfunction initSync(") != 1:
        sys.exit("web.js has changed its shape: read it and change this script")
    text = text.replace(ENDING, "").replace("\nfunction initSync(", "\nexport function initSync(")
    left = re.search(r"\bfetch\(|\bimport\b|\beval\(|\bnew Function\b|</script|<!--", text)
    if left:
        sys.exit(f"web.js still has {left[0]!r}")
    return HEADER + text.rstrip("\n") + "\n"


def main() -> None:
    files = package()
    made = {
        "oxigraph.js": held(files["web.js"].decode("utf-8")).encode("utf-8"),
        "oxigraph.wasm.gz": gzip.compress(files["web_bg.wasm"], compresslevel=9, mtime=0),
    }
    for name, content in made.items():
        if "--check" in sys.argv:
            kept = (VENDOR / name).read_bytes()
            opened = gzip.decompress if name.endswith(".gz") else bytes  # another zlib packs the same bytes differently
            if opened(kept) != opened(content):
                sys.exit(f"{VENDOR / name} is not what {TARBALL} gives")
        else:
            (VENDOR / name).write_bytes(content)
        inside = gzip.decompress(content) if name.endswith(".gz") else content
        print(f"{name}: {len(content):,} bytes; sha256 of {'what is inside' if inside is not content else 'the file'}")
        print(f"  {hashlib.sha256(inside).hexdigest()}")


main()

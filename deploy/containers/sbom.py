#!/usr/bin/python3
"""Writes the bill of materials of an image of Filmoteka (CycloneDX 1.5, JSON) to standard output.

    deploy/containers/sbom.py TARGET IMAGE [--engine podman|docker]

TARGET: gateway, metadata, scraper or filmoteka; IMAGE: its image, which the engine has. It names every Debian package of the image
(those with libraries that the program links are what the application depends on) and the npm packages that have gone into it:
`required` what is in the image, `excluded` what only built it. The same image and checkout give the same bytes."""

import argparse
import base64
import io
import json
import pathlib
import re
import subprocess
import tarfile
import urllib.parse
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
WEB = ROOT / "web/package-lock.json"
DICTIONARY = ROOT / "libs/language/dictionary/package-lock.json"
STARTER = "vega-datasets"  # the films of a first run come with this npm package
# Of each image: the lock file, and which of its packages (None: all).
NPM = {"gateway": [(WEB, None)], "metadata": [(DICTIONARY, None)], "scraper": [(WEB, {STARTER})],
       "filmoteka": [(WEB, None), (DICTIONARY, None)]}


def paragraphs(status: str) -> list[dict]:
    """dpkg's status file: one dictionary for each installed package."""
    found = []
    for paragraph in status.split("\n\n"):
        fields = dict(re.findall(r"^([A-Za-z-]+): ?(.*)$", paragraph, re.MULTILINE))
        if fields.get("Status", "").endswith(" installed"):
            found.append(fields)
    return sorted(found, key=lambda fields: fields["Package"])


def debian_component(fields: dict, linked: set[str]) -> dict:
    name, version = fields["Package"], fields["Version"]
    source = fields.get("Source", name).split()[0]
    return {"type": "library", "bom-ref": f"deb:{name}", "name": name, "version": version, "scope": "required",
            "purl": f"pkg:deb/debian/{urllib.parse.quote(name)}@{urllib.parse.quote(version, safe='')}"
                    f"?arch={fields['Architecture']}&distro=debian-12",
            "properties": [{"name": "debian:source", "value": source},
                           {"name": "filmoteka:linked", "value": str(name in linked).lower()}]}


def debian_dependencies(installed: list[dict]) -> list[dict]:
    """Of each package, those that are installed for its Depends and Pre-Depends."""
    providers: dict[str, str] = {}
    for fields in installed:
        for provided in re.findall(r"([a-z0-9][a-z0-9+.-]+)(?: \([^)]*\))?", fields.get("Provides", "")):
            providers.setdefault(provided, fields["Package"])
    providers.update({fields["Package"]: fields["Package"] for fields in installed})
    edges = []
    for fields in installed:
        wanted = ", ".join(filter(None, [fields.get("Pre-Depends"), fields.get("Depends")]))
        names = (re.split(r"[\s:(]", choice.strip())[0] for group in wanted.split(",") for choice in group.split("|"))
        on = sorted({f"deb:{providers[name]}" for name in names if name in providers})
        edges.append({"ref": f"deb:{fields['Package']}", "dependsOn": on})
    return edges


def npm_components(lock: pathlib.Path, only: set[str] | None) -> dict[str, dict]:
    found: dict[str, dict] = {}
    for place, package in json.loads(lock.read_text())["packages"].items():
        name = package.get("name") or place.rpartition("node_modules/")[2]
        if not place or (only is not None and name not in only):
            continue
        component = {"type": "library", "bom-ref": f"npm:{name}@{package['version']}", "name": name, "version": package["version"],
                     "scope": "excluded" if package.get("dev") or package.get("devOptional") else "required",
                     "purl": f"pkg:npm/{urllib.parse.quote(name, safe='/')}@{urllib.parse.quote(package['version'], safe='')}"}
        if package.get("license"):
            component["licenses"] = [{"expression": package["license"]}]
        algorithm, _, digest = package.get("integrity", "").partition("-")
        if algorithm == "sha512":
            component["hashes"] = [{"alg": "SHA-512", "content": base64.b64decode(digest).hex()}]
        known = found.get(component["bom-ref"])
        if known is None or known["scope"] == "excluded":
            found[component["bom-ref"]] = component
    return found


def names_in(packages: pathlib.Path) -> set[str]:
    return {line for line in packages.read_text().split("\n") if line and not line.startswith("#")}


def bill(target: str, image: dict, status: str) -> dict:
    """`image`: what the engine's `image inspect` says of it."""
    labels = image.get("Labels") or image["Config"]["Labels"]
    installed = paragraphs(status)
    linked = names_in(ROOT / f"deploy/containers/packages/{target}.txt")
    npm: dict[str, dict] = {}
    for lock, only in NPM[target]:
        npm.update(npm_components(lock, only))
    application = {"type": "application", "bom-ref": "filmoteka", "name": f"filmoteka-{target}".removesuffix("-filmoteka"),
                   "version": labels.get("org.opencontainers.image.version") or "unknown",
                   "licenses": [{"expression": labels["org.opencontainers.image.licenses"]}]}
    direct = [f"deb:{name}" for name in sorted(linked)]
    direct += sorted(ref for ref, component in npm.items() if component["scope"] == "required")
    document = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
                "metadata": {"timestamp": re.sub(r"(\.\d+)?Z$", "Z", image["Created"]), "component": application},
                "components": [debian_component(fields, linked) for fields in installed] + [npm[ref] for ref in sorted(npm)],
                "dependencies": [{"ref": "filmoteka", "dependsOn": direct}, *debian_dependencies(installed)]}
    content = json.dumps(document, sort_keys=True)
    return {"$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
            "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, content).urn, **document}


def read_status(engine: str, image: str) -> str:
    """dpkg's status file, without running anything in the image."""
    container = subprocess.run([engine, "create", image], check=True, capture_output=True, text=True).stdout.split()[-1]
    try:
        archive = subprocess.run([engine, "cp", f"{container}:/var/lib/dpkg/status", "-"], check=True, capture_output=True).stdout
    finally:
        subprocess.run([engine, "rm", container], check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        return files.extractfile(files.getmembers()[0]).read().decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("target", choices=sorted(NPM))
    parser.add_argument("image")
    parser.add_argument("--engine", choices=["podman", "docker"], default="podman")
    given = parser.parse_args()
    described = json.loads(subprocess.run([given.engine, "image", "inspect", given.image], check=True, capture_output=True).stdout)[0]
    print(json.dumps(bill(given.target, described, read_status(given.engine, given.image)), indent=1))


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""The images themselves: the same twice, small, without a need of a shell, with a bill of materials that the official schema takes."""

import importlib.util
import json
import pathlib
import sys
import unittest
import warnings

import engine

sys.path.insert(0, str(engine.ROOT / "tests/e2e"))
import harness  # noqa: E402  (the end-to-end tests' helpers)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jsonschema

SCHEMAS = engine.ROOT / "build/containers/schemas"


def make_images(machine: engine.Engine):
    machine.make_base()
    artifacts = machine.stage()
    for image in engine.IMAGES:
        machine.build(image, artifacts)
    # From the first instruction, and from artifacts that were made a second time.
    again = machine.folder / "artifacts-again"
    engine.run(engine.ROOT / "deploy/containers/stage.sh", engine.programs(), again)
    machine.build("scraper", again, "again", "--no-cache")
    SCHEMAS.mkdir(parents=True, exist_ok=True)
    for file in ("package.json", "package-lock.json"):
        (SCHEMAS / file).write_bytes((engine.HERE / file).read_bytes())
    if not (SCHEMAS / "node_modules").exists():
        engine.run("npm", "ci", "--silent", "--ignore-scripts", "--omit=optional", "--omit=peer", "--no-audit", "--no-fund", cwd=SCHEMAS)
    ImagesTest.machine = machine
    harness.main()


def validator():
    folder = SCHEMAS / "node_modules/@cyclonedx/cyclonedx-library/res/schema"
    schemas = {path.name: json.loads(path.read_text()) for path in folder.glob("*.schema.json")}
    main = schemas["bom-1.5.SNAPSHOT.schema.json"]
    store = {f"http://cyclonedx.org/schema/{name}": schema for name, schema in schemas.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return jsonschema.Draft7Validator(main, resolver=jsonschema.RefResolver(main["$id"], main, store=store))


class ImagesTest(unittest.TestCase):
    machine: engine.Engine

    def test_an_image_built_again_is_the_same(self):
        first, second = (self.machine.inspect(f"{engine.name_of('scraper')}:{tag}") for tag in ("latest", "again"))
        self.assertEqual(first["RootFS"], second["RootFS"])
        # buildah 1.28 writes its working container's name into this format, so that the id of the whole is no measure.
        for told in (first, second):
            told["Config"].pop("Hostname", None)
        for part in ("Config", "Healthcheck", "Labels", "Created", "User", "Architecture"):
            self.assertEqual(first[part], second[part])

    def test_settings_of_the_image(self):
        for image in engine.IMAGES:
            told = self.machine.inspect(engine.name_of(image))
            with self.subTest(image):
                self.assertEqual(told["User"], "10001:10001")
                self.assertEqual(told["Config"]["StopSignal"], "SIGTERM")
                self.assertEqual(told["Healthcheck"]["Test"][0], "CMD", "asked without a shell")
                self.assertEqual(told["Labels"]["org.opencontainers.image.base.name"], engine.BASE)

    def test_a_program_runs_where_there_is_no_shell(self):
        for image in engine.IMAGES:
            with self.subTest(image), self.machine.mounted(engine.name_of(image)) as root:
                shells = [f"/usr/bin/{name}" for name in ("sh", "dash", "bash", "rbash") if (root / "usr/bin" / name).exists()]
                self.assertIn("/usr/bin/dash", shells)
                hidden = [part for shell in shells for part in ("--volume", f"/dev/null:{shell}:ro")]
                version = self.machine.podman("run", "--rm", "--read-only", "--network", "none", "--no-healthcheck", *hidden,
                                              engine.name_of(image), "--version").strip()
                self.assertRegex(version, r"^\d+\.\d+\.\d+$")

    def test_nothing_of_the_build_is_left(self):
        for image in engine.IMAGES:
            with self.subTest(image), self.machine.mounted(engine.name_of(image)) as root:
                for folder in ("var/lib/apt/lists", "tmp", "var/tmp", "mnt", "root/.npm"):
                    left = list((root / folder).glob("*")) if (root / folder).exists() else []
                    self.assertEqual(left, [], folder)
                ours = [path for path in (root / "usr/bin").glob("filmoteka*")]
                self.assertEqual(len(ours), 1)
                self.assertNotIn(".symtab", engine.run("readelf", "--wide", "--sections", ours[0]).stdout)

    def test_bills_of_materials_are_right(self):
        module = importlib.util.spec_from_file_location("sbom", engine.ROOT / "deploy/containers/sbom.py")
        sbom = importlib.util.module_from_spec(module)
        module.loader.exec_module(sbom)
        check = validator()
        for image in engine.IMAGES:
            with self.subTest(image), self.machine.mounted(engine.name_of(image)) as root:
                status = (root / "var/lib/dpkg/status").read_text()
                told = self.machine.inspect(engine.name_of(image))
                bill = sbom.bill(image, told, status)
                self.assertEqual([error.message[:300] for error in check.iter_errors(bill)], [])
                self.assertEqual(bill, sbom.bill(image, told, status))
                components = {one["bom-ref"]: one for one in bill["components"]}
                linked = {name for name, one in components.items()
                          if {"name": "filmoteka:linked", "value": "true"} in one.get("properties", [])}
                listed = sbom.names_in(pathlib.Path(engine.ROOT / f"deploy/containers/packages/{image}.txt"))
                self.assertEqual(linked, {f"deb:{name}" for name in listed})
                self.assertTrue(set(bill["dependencies"][0]["dependsOn"]) <= set(components))
                npm = {one["name"]: one["scope"] for one in bill["components"] if one["purl"].startswith("pkg:npm/")}
                if image in ("gateway", "filmoteka"):
                    self.assertEqual((npm["vue"], npm["vite"]), ("required", "excluded"))
                if image in ("metadata", "filmoteka"):
                    self.assertEqual(npm["az"], "required")
        broken = {**bill, "components": [{"name": "without a type"}]}
        self.assertNotEqual(list(check.iter_errors(broken)), [])


if __name__ == "__main__":
    engine.run_steps(__file__, make_images, None)

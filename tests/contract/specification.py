"""An OpenAPI 3.1 file with every $ref put in place, also those into other files."""

from pathlib import Path

import yaml


class Specification:
    """Operations of a contract: what may be asked, and what may be answered."""

    def __init__(self, path):
        self._files = {}
        self._root = Path(path).resolve()
        document = self._load(self._root)
        self.base = document["servers"][0]["url"]
        self.operations = []
        for template, methods in document["paths"].items():
            for method, operation in methods.items():
                resolved = self._resolve(operation, self._root)
                self.operations.append(Operation(template, method.upper(), resolved))

    def _load(self, path):
        if path not in self._files:
            self._files[path] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return self._files[path]

    def _resolve(self, node, path):
        """Schemas of our contracts are not recursive, so everything can be put in place."""
        if isinstance(node, list):
            return [self._resolve(entry, path) for entry in node]
        if not isinstance(node, dict):
            return node
        if "$ref" not in node:
            return {key: self._resolve(value, path) for key, value in node.items()}
        name, pointer = node["$ref"].split("#", 1)
        target_path = (path.parent / name).resolve() if name else path
        target = self._load(target_path)
        for step in pointer.strip("/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        return self._resolve(target, target_path)


class Operation:
    def __init__(self, template, method, definition):
        self.template = template
        self.method = method
        self.name = definition.get("operationId", f"{method} {template}")
        self.responses = definition["responses"]
        parameters = definition.get("parameters", [])
        self.query = [p for p in parameters if p["in"] == "query"]
        self.path = [p for p in parameters if p["in"] == "path"]
        self.required = [p for p in self.query if p.get("required")]
        self.bodies = definition.get("requestBody", {}).get("content", {})

    def documents(self, status):
        return str(status) in self.responses

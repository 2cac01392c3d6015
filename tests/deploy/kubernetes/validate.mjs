// Reads Kubernetes objects (a JSON array) and writes what is wrong with each: an array of arrays of texts. By the
// schemas of the Kubernetes API that the package carries as validators, and strictly: a field that no schema asked for
// is an error, too (the API server drops such fields with a warning, and what they were to say never happens).
import { readFileSync } from "node:fs";

const words = (text) => text[0].toUpperCase() + text.slice(1);

/** apps/v1 Deployment is IoK8sApiAppsV1Deployment; v1 is of the group "core". */
function schemaName({ apiVersion, kind }) {
  const [version, group] = apiVersion.split("/").reverse();
  return `IoK8sApi${words((group ?? "core").split(".")[0])}${words(version)}${kind}`;
}

/** `value`, with each field of it that is read noted in `read`. */
function watched(value, read, path = "") {
  if (value === null || typeof value !== "object") return value;
  return new Proxy(value, {
    get(target, name) {
      if (typeof name !== "string" || !Object.hasOwn(target, name)) return target[name];
      read.add(`${path}/${name}`);
      return watched(target[name], read, `${path}/${name}`);
    },
  });
}

function* fields(value, path = "") {
  if (value === null || typeof value !== "object") return;
  for (const name of Object.keys(value)) {
    yield `${path}/${name}`;
    yield* fields(value[name], `${path}/${name}`);
  }
}

async function faults(object) {
  const name = schemaName(object);
  let schema;
  try {
    schema = await import(`kubernetes-models/_schemas/${name}`);
  } catch {
    return [`the Kubernetes API has no ${object.apiVersion} ${object.kind}`];
  }
  const read = new Set();
  const valid = schema.validate(watched(object, read));
  const wrong = valid ? [] : schema.validate.errors.map((error) => `${error.instancePath}: ${error.keyword} ${JSON.stringify(error.params)}`);
  const unknown = [...fields(object)].filter((path) => !read.has(path)).map((path) => `${path}: no such field`);
  return [...wrong, ...unknown];
}

const objects = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await Promise.all(objects.map(faults))));

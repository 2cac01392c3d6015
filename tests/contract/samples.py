"""Values that a schema allows, and values that it forbids, made from the schema alone."""

LONG_AGO = "1900-01-01T00:00:00Z"


def _types(schema):
    kind = schema.get("type", [])
    return [kind] if isinstance(kind, str) else list(kind)


def valid_values(schema):
    """A few texts for a query parameter that must be accepted."""
    if "enum" in schema:
        return [_text(value) for value in schema["enum"]]
    kinds = _types(schema)
    if "boolean" in kinds:
        return ["true", "false"]
    if "integer" in kinds or "number" in kinds:
        low = schema.get("minimum", 0)
        high = schema.get("maximum", low + 7)
        return [_text(low), _text(high)] + (["7.5"] if "number" in kinds and low <= 7.5 <= high else [])
    if schema.get("format") == "date-time":
        return [LONG_AGO, "2026-11-23T06:25:01+03:00"]
    return ["a", "a" * schema.get("maxLength", 50)]


def invalid_values(schema):
    """Texts for a query or path parameter that must be refused."""
    kinds = _types(schema)
    if "enum" in schema:
        return ["no-such-value"]
    if "boolean" in kinds:
        return ["maybe", "1"]
    if "integer" in kinds or "number" in kinds:
        values = ["x", "1e999"]
        # Without a bound a service may bring a large value down to its limit.
        if "maximum" in schema or "format" in schema:
            values.append("9" * 30)
        if "integer" in kinds:
            values.append("1.5")
        if "minimum" in schema:
            values.append(_text(schema["minimum"] - 1))
        if "maximum" in schema:
            values.append(_text(schema["maximum"] + 1))
        return values
    if schema.get("format") == "date-time":
        return ["yesterday", "2026-13-01T00:00:00Z"]
    values = []
    if "maxLength" in schema:
        values.append("a" * (schema["maxLength"] + 1))
    if schema.get("minLength", 0) > 0:
        values.append("")
    return values


def wrong_type(schema):
    """A JSON value of a type that the schema forbids; None if it allows every type."""
    kinds = _types(schema)
    if not kinds:
        return None
    return "text" if "string" not in kinds else {"an": "object"}


def out_of_range(schema):
    """JSON values of the right type that the schema forbids."""
    values = []
    if "enum" in schema and "integer" in _types(schema):
        values.append(max(v for v in schema["enum"] if v is not None) + 1)
    if "minimum" in schema:
        values.append(schema["minimum"] - 1)
    if "maximum" in schema:
        values.append(schema["maximum"] + 1)
    if "string" in _types(schema) and "maxLength" in schema:
        values.append("https://h.example/" + "a" * schema["maxLength"])
    if schema.get("minLength", 0) > 0:
        values.append("")
    if "maxItems" in schema:
        values.append([f"entry {i}" for i in range(schema["maxItems"] + 1)])
    return values


def _text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)

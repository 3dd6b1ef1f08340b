#!/usr/bin/env python3
"""Makes C++ of src/proto/messages.txt, whose head says how it is written.

usage: generate_schema.py MESSAGES FOLDER

FOLDER/fields.h       field numbers and enum values as constants
FOLDER/schema_data.cc the tables behind src/proto/schema.h
"""

import pathlib
import re
import sys

KEYWORDS = set("""and asm auto bool break case catch char class const continue default delete do double else enum explicit
export extern false float for friend goto if inline int long namespace new not operator or private protected public register
return short signed sizeof static struct switch template this throw true try typedef typename union unsigned using virtual
void volatile while xor""".split())
SCALARS = {name: f"k{name.capitalize()}" for name in
           "double float int64 uint64 int32 fixed64 fixed32 bool string bytes uint32 sfixed32 sfixed64 sint32 sint64".split()}
UNPACKABLE = {"string", "bytes"}
FIELD = re.compile(r"(?P<number>\d+) (?P<repeated>repeated )?(?P<type>map<.*>|\S+) (?P<name>\w+)"
                   r"(?: oneof (?P<oneof>\w+))?(?P<deprecated> deprecated)?$")
VALUE = re.compile(r"(?P<number>-?\d+) (?P<name>\w+)$")
NAMESPACE = "namespace icecore::inline v0 {\n"
END = "}  // namespace icecore\n"


class Message:
    def __init__(self, name, map_entry=False):
        self.name, self.map_entry, self.fields = name, map_entry, []


class Enum:
    def __init__(self, name):
        self.name, self.values = name, []


def parse(path):
    """Messages (map entries among them) and enums, each by name."""
    messages, enums, current = {}, {}, None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.lstrip("+").strip()
        if not line or line.startswith("#"):
            continue
        kind, _, name = line.partition(" ")
        if kind in ("message", "enum"):
            group, made = (messages, Message(name)) if kind == "message" else (enums, Enum(name))
            if name in messages or name in enums:
                sys.exit(f"{path}:{number}: {name} stands here twice")
            current = group[name] = made
            continue
        match = (FIELD if isinstance(current, Message) else VALUE).match(line)
        if not match:
            sys.exit(f"{path}:{number}: neither a field nor a value: {line}")
        if isinstance(current, Enum):
            current.values.append((int(match["number"]), match["name"]))
        else:
            current.fields.append(match.groupdict() | {"number": int(match["number"])})
    for message in list(messages.values()):
        for field in message.fields:
            split_map(message, field, messages)
        if message.fields != sorted(message.fields, key=lambda f: f["number"]):
            sys.exit(f"{path}: the fields of {message.name} aren't in number order")
        for field in message.fields:
            if field["type"] not in SCALARS and field["type"] not in messages and field["type"] not in enums:
                sys.exit(f"{path}: {message.name}.{field['name']} is of unknown type {field['type']}")
    return messages, enums


def split_map(message, field, messages):
    """A map is, as on the wire, a repeated message of key and value."""
    match = re.match(r"map<(\w+), (\S+)>$", field["type"])
    if not match:
        return
    camel = "".join(word.capitalize() for word in field["name"].split("_"))
    entry = Message(f"{message.name}.{camel}Entry", map_entry=True)
    for number, name, kind in ((1, "key", match[1]), (2, "value", match[2])):
        entry.fields.append({"number": number, "repeated": None, "type": kind, "name": name, "oneof": None})
    messages[entry.name] = entry
    field["type"], field["repeated"] = entry.name, "repeated "


def identifier(name):
    name = name.removeprefix("google.protobuf.").replace(".", "_")
    return name + "_" if name in KEYWORDS else name


def fields_h(messages, enums):
    out = ["// Field numbers and enum values of TensorFlow's messages, made of src/proto/messages.txt.\n#pragma once\n\n",
           "#include <cstdint>\n\n", NAMESPACE, "namespace pb {\n\n"]
    groups = [(m.name, "std::uint32_t", [(f["number"], f["name"]) for f in m.fields])
              for m in messages.values() if not m.map_entry]
    groups += [(e.name, "std::int32_t", e.values) for e in enums.values()]
    out.append("namespace map_entry {\ninline constexpr std::uint32_t key = 1;\ninline constexpr std::uint32_t value = 2;\n"
               "}  // namespace map_entry\n\n")
    for name, kind, constants in groups:
        out.append(f"namespace {identifier(name)} {{\n")
        out += [f"inline constexpr {kind} {identifier(constant)} = {number};\n" for number, constant in constants]
        out.append(f"}}  // namespace {identifier(name)}\n\n")
    return "".join(out) + "}  // namespace pb\n" + END


def schema_data_cc(messages, enums):
    message_index = {name: i for i, name in enumerate(sorted(messages))}
    enum_index = {name: i for i, name in enumerate(sorted(enums))}
    out = ["// The tables of schema.h, made of src/proto/messages.txt.\n#include \"proto/schema.h\"\n\n", NAMESPACE,
           "namespace schema_data {\n\n", f"extern const MessageSchema kMessages[{len(messages)}];\n",
           f"extern const EnumSchema kEnums[{len(enums)}];\n\nnamespace {{\n\n"]
    for name, i in enum_index.items():
        values = ", ".join(f"{{{number}, \"{value}\"}}" for number, value in sorted(enums[name].values))
        out.append(f"constexpr EnumValue kValues{i}[] = {{{values}}};\n")
    for name, i in message_index.items():
        if messages[name].fields:
            rows = ",\n    ".join(field_row(field, messages[name], message_index, enum_index)
                                  for field in messages[name].fields)
            out.append(f"constexpr FieldSchema kFields{i}[] = {{\n    {rows}}};\n")
    out.append("\n}  // namespace\n\n")
    rows = [f"    {{\"{name}\", kValues{i}}}" for name, i in enum_index.items()]
    out.append(f"constinit const EnumSchema kEnums[{len(enums)}] = {{\n" + ",\n".join(rows) + "};\n\n")
    rows = [f"    {{\"{name}\", {f'kFields{i}' if messages[name].fields else '{}'}, {str(messages[name].map_entry).lower()}}}"
            for name, i in message_index.items()]
    out.append(f"constinit const MessageSchema kMessages[{len(messages)}] = {{\n" + ",\n".join(rows) + "};\n\n")
    return "".join(out) + "}  // namespace schema_data\n\nstd::span<const MessageSchema> all_messages() {\n" \
        "  return schema_data::kMessages;\n}\n\n" + END


def field_row(field, message, message_index, enum_index):
    kind = field["type"]
    type_name, points_to = SCALARS.get(kind), ("nullptr", "nullptr")
    if kind in message_index:
        type_name, points_to = "kMessage", (f"&kMessages[{message_index[kind]}]", "nullptr")
    elif kind in enum_index:
        type_name, points_to = "kEnum", ("nullptr", f"&kEnums[{enum_index[kind]}]")
    oneofs = list(dict.fromkeys(f["oneof"] for f in message.fields if f["oneof"]))
    oneof = oneofs.index(field["oneof"]) if field["oneof"] else -1
    repeated = bool(field["repeated"])
    packed = repeated and kind not in message_index and kind not in UNPACKABLE
    return (f"{{{field['number']}, \"{field['name']}\", FieldType::{type_name}, {str(repeated).lower()}, "
            f"{str(packed).lower()}, {oneof}, {points_to[0]}, {points_to[1]}}}")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    messages, enums = parse(pathlib.Path(sys.argv[1]))
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fields.h").write_text(fields_h(messages, enums))
    (folder / "schema_data.cc").write_text(schema_data_cc(messages, enums))


if __name__ == "__main__":
    main()

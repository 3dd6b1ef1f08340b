#include "opdef/op_signature.h"

#include <icecore/error.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace icecore::inline v0 {
namespace {

// Takes the text apart from the front. Brackets and quotes keep what they hold together.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  void expect(std::string_view token) {
    if (!take(token)) fail("'" + std::string(token) + "'");
  }

  std::string_view identifier() {
    std::size_t size = 0;
    while (size < rest_.size() && is_letter(rest_[size])) ++size;
    if (size == 0) fail("a name");
    return front(size);
  }

  // Up to one of the delimiters, outside of brackets and quotes.
  std::string_view until(std::string_view delimiters) {
    int depth = 0;
    bool quoted = false;
    std::size_t size = 0;
    for (; size < rest_.size(); ++size) {
      const char c = rest_[size];
      if (quoted) {
        if (c == '\\') ++size;
        if (c == '"') quoted = false;
        continue;
      }
      if (depth == 0 && delimiters.find(c) != std::string_view::npos) break;
      if (c == '"') quoted = true;
      if (c == '(' || c == '[' || c == '{') ++depth;
      if (c == ')' || c == ']' || c == '}') --depth;
    }
    return front(std::min(size, rest_.size()));
  }

  std::int64_t number() {
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (failure != std::errc()) fail("a number");
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }

  [[noreturn]] void fail(const std::string& wanted) const {
    throw Error(Code::kInvalidArgument, "no op signature: " + wanted + " is expected at \"" +
                                            std::string(rest_.substr(0, 30)) + "\" in \"" +
                                            std::string(text_.substr(0, 60)) + "\"");
  }

 private:
  static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '>' || c == '.';
  }
  std::string_view front(std::size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view text_, rest_;
};

// The types' names in OpDefs, where they differ from ours.
std::optional<DType> type_of(std::string_view name) {
  if (name == "float") return DType::kFloat32;
  if (name == "double") return DType::kFloat64;
  if (name == "half") return DType::kFloat16;
  return dtype_of_name(name);
}

// TYPE, ATTR, N*TYPE, N*ATTR, list(ATTR) or Ref(any of these).
void parse_type(Scanner& scanner, ArgSignature& arg) {
  if (scanner.take("Ref(")) {
    arg.is_reference = true;
    parse_type(scanner, arg);
    scanner.expect(")");
    return;
  }
  if (scanner.take("list(")) {
    arg.type_list_attr = scanner.identifier();
    scanner.expect(")");
    return;
  }
  std::string_view word = scanner.identifier();
  if (scanner.take("*")) {
    arg.number_attr = word;
    word = scanner.identifier();
  }
  if (const auto type = type_of(word)) {
    arg.type = *type;
  } else {
    arg.type_attr = word;
  }
}

std::vector<ArgSignature> parse_args(Scanner& scanner) {
  std::vector<ArgSignature> args;
  scanner.expect("(");
  while (!scanner.take(")")) {
    if (!args.empty()) scanner.expect(", ");
    ArgSignature arg;
    arg.name = scanner.identifier();
    scanner.expect(": ");
    parse_type(scanner, arg);
    args.push_back(arg);
  }
  return args;
}

AttrSignature parse_attr(Scanner& scanner) {
  AttrSignature attr;
  attr.name = scanner.identifier();
  scanner.expect(": ");
  attr.kind = scanner.until(" ;}");
  if (scanner.take(" in {")) {
    while (!scanner.take("}")) {
      if (!attr.allowed.empty()) scanner.expect(", ");
      attr.allowed.push_back(scanner.until(",}"));
    }
  }
  if (scanner.take(" >= ")) attr.minimum = scanner.number();
  if (scanner.take(" = ")) attr.default_value = scanner.until(";}");
  return attr;
}

void parse_flag(Scanner& scanner, OpSignature& op) {
  if (scanner.take("deprecated(")) {
    op.deprecated_since = scanner.number();
    scanner.expect(")");
    return;
  }
  const std::string_view flag = scanner.identifier();
  if (flag == "stateful") {
    op.is_stateful = true;
  } else if (flag == "commutative") {
    op.is_commutative = true;
  } else if (flag == "aggregate") {
    op.is_aggregate = true;
  } else if (flag == "uninitialized") {
    op.allows_uninitialized_input = true;
  } else {
    scanner.fail("a flag, not '" + std::string(flag) + "',");
  }
}

}  // namespace

const AttrSignature* OpSignature::attr(std::string_view attr_name) const {
  const auto found = std::ranges::find(attrs, attr_name, &AttrSignature::name);
  return found == attrs.end() ? nullptr : &*found;
}

bool OpSignature::takes_reference(std::size_t index) const {
  for (const ArgSignature& input : inputs) {
    if (input.is_list() || index == 0) return input.is_reference;
    --index;
  }
  return false;
}

OpSignature parse_op_signature(std::string_view text) {
  Scanner scanner(text);
  OpSignature op;
  // A function's may be any text ("__inference_map_<lambda>_8").
  op.name = scanner.until("(");
  if (op.name.empty()) scanner.fail("a name");
  op.inputs = parse_args(scanner);
  scanner.expect(" -> ");
  op.outputs = parse_args(scanner);
  if (scanner.take(" {")) {
    while (!scanner.take("}")) {
      if (!op.attrs.empty()) scanner.expect("; ");
      op.attrs.push_back(parse_attr(scanner));
    }
  }
  if (scanner.take(" [")) {
    for (bool first = true; !scanner.take("]"); first = false) {
      if (!first) scanner.expect(", ");
      parse_flag(scanner, op);
    }
  }
  if (!scanner.at_end()) scanner.fail("the end");
  return op;
}

}  // namespace icecore::inline v0

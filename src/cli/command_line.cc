#include "cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/nearest.h"
#include "cli/output.h"
#include "cli/verbs.h"

namespace icecore::inline v0 {
namespace {

struct Hint {
  std::string_view word, answer;
};

// Words that people try, and where they lead.
constexpr std::array kHints = {
    Hint{"dump", "`icecore show PATH NAME` prints a variable"},
    Hint{"print", "`icecore show PATH NAME` prints a variable"},
    Hint{"get", "`icecore show PATH NAME` prints a variable"},
    Hint{"vars", "`icecore list PATH` lists variables"},
    Hint{"variables", "`icecore list PATH` lists variables"},
    Hint{"nodes", "`icecore graph FILE --nodes` lists nodes"},
    Hint{"ops", "`icecore graph FILE` counts ops"},
    Hint{"inspect_checkpoint",
         "`icecore list PATH` lists variables, `icecore show PATH NAME` prints one"},
    Hint{"freeze_graph", "`icecore freeze GRAPH CHECKPOINT --outputs NAME -o FILE`"},
    Hint{"validate", "`icecore verify PATH` checks every checksum"},
    Hint{"latest_checkpoint", "`icecore latest DIR` prints the newest checkpoint"},
};

CLI::App* add_verb(CLI::App& app, const std::string& name, const std::string& summary,
                   const std::string& alias, const std::string& examples) {
  CLI::App* verb = app.add_subcommand(name, summary);
  if (!alias.empty()) verb->alias(alias);
  verb->footer("Examples:\n" + examples);
  return verb;
}

void report_misuse(const std::string& what) {
  fmt::print(stderr, "icecore: {}\n", printable(what));
}

// For a first word that is no verb.
void report_unknown_verb(const CLI::App& app, const std::string& word) {
  for (const Hint& hint : kHints) {
    if (hint.word == word) {
      report_misuse(fmt::format("there is no verb '{}': {}", word, hint.answer));
      return;
    }
  }
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(verb->get_name());
    names.insert(names.end(), verb->get_aliases().begin(), verb->get_aliases().end());
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto nearest = nearest_names(word, views, 1);
  report_misuse(
      fmt::format("there is no verb '{}'{}; `icecore --help` lists them", word,
                  nearest.empty() ? "" : fmt::format(" (did you mean '{}'?)", nearest[0])));
}

// `run-script [--no-legacy] SCRIPT …`: all that follows the script is the script's, whatever it
// looks like. Nothing where there is no script yet: that is for the parser to say.
std::optional<RunScriptArguments> script_command(int count, const char* const* words) {
  RunScriptArguments found;
  if (count < 3 || std::string_view(words[1]) != "run-script") return std::nullopt;
  int next = 2;
  while (next < count && std::string_view(words[next]) == "--no-legacy") ++next;
  found.no_legacy = next > 2;
  if (next == count || words[next][0] == '-') return std::nullopt;
  found.script = words[next];
  found.arguments.assign(words + next + 1, words + count);
  return found;
}

}  // namespace

Command parse_command_line(int count, const char* const* words) {
  CLI::App app(
      "Reads, inspects, freezes and runs TensorFlow 1.x models, without TensorFlow.\n"
      "A PATH may be a checkpoint's prefix, any of its files, a `checkpoint` file, a folder, a "
      "graph.");
  app.name("icecore");
  app.set_version_flag("--version", "icecore " ICECORE_VERSION);
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::simple);
  app.footer(
      "`icecore VERB --help` says more. Exit status: 0 done, 1 the answer is no, 2 it could "
      "not be done.");

  Command command;
  ListArguments list;
  CLI::App* verb = add_verb(app, "list", "Variables of a checkpoint, or constants of a graph", "ls",
                            "  icecore list run/model.ckpt-1000\n"
                            "  icecore list frozen.pb 'conv1/*' --digest");
  verb->add_option("path", list.path, "Checkpoint or graph")->required();
  verb->add_option("glob", list.glob, "Only names that match, e.g. 'conv1/*'");
  verb->add_flag("--json", list.json, "JSON (docs/json.md)");
  verb->add_flag("--digest", list.digest, "SHA-256 of each value's little-endian bytes");
  verb->callback([&] { command.run = [list] { return run_list(list); }; });

  ShowArguments show;
  verb = add_verb(app, "show", "A variable's or constant's values", "cat",
                  "  icecore show run/model.ckpt-1000 conv1/biases\n"
                  "  icecore show run conv1/weights --slice 0,1:-:-:- --npy weights.npy");
  verb->add_option("path", show.path, "Checkpoint or graph")->required();
  verb->add_option("name", show.name, "Variable or constant")->required();
  verb->add_option("--slice", show.slice,
                   "A part: START,LENGTH or - for each dimension, joined by :");
  auto* npy = verb->add_option("--npy", show.npy_file, "Write a .npy file instead of printing");
  verb->add_flag("--json", show.json, "JSON: name, dtype, shape, all values as text")
      ->excludes(npy);
  verb->add_flag("--force", show.force, "Overwrite the file");
  verb->callback([&] { command.run = [show] { return run_show(show); }; });

  LatestArguments latest;
  verb =
      add_verb(app, "latest", "The newest checkpoint of a folder", "",
               "  icecore latest run\n"
               "  icecore freeze run/graph.pbtxt \"$(icecore latest run)\" --outputs prob -o f.pb");
  verb->add_option("folder", latest.folder, "Folder with a `checkpoint` file")->required();
  verb->add_option("--latest-filename", latest.latest_filename, "Another name of that file")
      ->capture_default_str();
  verb->add_flag("--json", latest.json, "JSON: the newest and all that the file lists");
  verb->callback([&] { command.run = [latest] { return run_latest(latest); }; });

  GraphArguments graph;
  verb =
      add_verb(app, "graph", "Ops, likely inputs and outputs, variables, signatures of a graph", "",
               "  icecore graph run/model.ckpt-1000.meta\n"
               "  icecore graph frozen.pb --nodes");
  verb->add_option("path", graph.path, "GraphDef, .meta or SavedModel, binary or text")->required();
  auto* tags = verb->add_option("--tags", graph.tags,
                                "Of a SavedModel: the graph with these tags, e.g. serve");
  auto* json = verb->add_flag("--json", graph.json, "JSON (docs/json.md)");
  auto* nodes = verb->add_flag("--nodes", graph.nodes, "One line a node: name, op, inputs");
  verb->add_flag("--text", graph.text, "The whole file as text, as tf.train.write_graph prints it")
      ->excludes(nodes)
      ->excludes(tags)
      ->excludes(json);
  nodes->excludes(json);
  verb->callback([&] { command.run = [graph] { return run_graph(graph); }; });

  VerifyArguments verify;
  verb = add_verb(app, "verify", "Check every checksum and every entry of a checkpoint", "check",
                  "  icecore verify run/model.ckpt-1000\n"
                  "  icecore verify run --json");
  verb->alias("fsck");
  verb->add_option("path", verify.path, "Checkpoint")->required();
  verb->add_flag("--json", verify.json, "JSON (docs/json.md)");
  verb->callback([&] { command.run = [verify] { return run_verify(verify); }; });

  FreezeArguments freeze;
  verb = add_verb(
      app, "freeze", "A graph and its checkpoint become one frozen graph", "",
      "  icecore freeze run/model.ckpt-1000.meta run/model.ckpt-1000 --outputs prob -o frozen.pb\n"
      "  icecore freeze saved_model_folder --outputs scores,boxes -o frozen.pb");
  verb->add_option("graph", freeze.graph,
                   "GraphDef, .meta, SavedModel, or a checkpoint that has a .meta")
      ->required();
  verb->add_option("checkpoint", freeze.checkpoint, "Checkpoint (default: the graph's own)");
  verb->add_option("--outputs,--output", freeze.outputs, "Nodes to keep, separated by commas")
      ->required();
  verb->add_option("-o", freeze.output_file, "The frozen graph's file")->required();
  verb->add_option("--tags", freeze.tags, "Of a SavedModel: the graph with these tags");
  verb->add_flag("--keep-devices", freeze.keep_devices, "Leave device strings as they are");
  verb->add_flag("--sync", freeze.sync, "Make the file durable before it gets its name");
  verb->add_flag("--check", freeze.check, "Run both graphs on made-up input; compare the outputs");
  verb->add_flag("--force", freeze.force, "Overwrite the file");
  verb->add_flag("--json", freeze.json, "JSON: what was written");
  verb->callback([&] { command.run = [freeze] { return run_freeze(freeze); }; });

  RunArguments run;
  verb = add_verb(app, "run", "Feeds in, fetches out", "predict",
                  "  icecore run frozen.pb --feed input:0=in.npy --fetch prob:0=out.npy\n"
                  "  icecore run saved_model_folder --signature serving_default --feed x=in.npy");
  verb->add_option("graph", run.graph, "Graph, .meta, SavedModel folder or checkpoint with a .meta")
      ->required();
  verb->add_option("checkpoint", run.checkpoint, "Checkpoint (default: the graph's own)");
  verb->add_option("--feed", run.feeds,
                   "NAME:0=FILE.npy; NAME:0=@FILE feeds the file's bytes as a string");
  verb->add_option("--fetch", run.fetches, "NAME:0=FILE.npy; without a file it is printed");
  verb->add_option("--signature", run.signature, "Feeds and fetches are keys of this signature");
  verb->add_option("--tags", run.tags, "Of a SavedModel: the graph with these tags");
  verb->add_option("--allow-io", run.allow_io,
                   "Lets the graph's own file ops touch files in this folder (alone: anywhere)")
      ->expected(0, 1);
  verb->add_option("--threads", run.threads, "Threads to compute with (default: all)")
      ->check(CLI::Validator(
          [](std::string& text) {
            return text.starts_with('-') ? "there can't be " + text + " threads" : std::string();
          },
          "NONNEGATIVE"));
  verb->add_flag("--force", run.force, "Overwrite files");
  verb->add_flag("--json", run.json, "JSON: what was fetched");
  verb->callback([&] { command.run = [run] { return run_run(run); }; });

  RunScriptArguments script;
  verb = add_verb(app, "run-script", "A TensorFlow 1.x script, in which tensorflow is Icecore", "",
                  "  icecore run-script train.py --steps 100\n"
                  "  ICECORE_PYTHON=venv/bin/python icecore run-script train.py");
  verb->add_flag("--no-legacy", script.no_legacy,
                 "Don't restore names that numpy and Python's library have dropped");
  verb->add_option("script", script.script, "The script; what follows it are its arguments")
      ->required();
  verb->add_option("arguments", script.arguments, "What it finds in sys.argv[1:]");
  if (auto asked = script_command(count, words)) {
    command.run = [asked = std::move(*asked)] { return run_run_script(asked); };
    return command;
  }

  constexpr int kCouldNot = 2;
  try {
    app.parse(count, words);
  } catch (const CLI::Success& wish) {  // --help, --version
    app.exit(wish);
    command.run = nullptr;
    command.status = 0;
  } catch (const CLI::ParseError& misuse) {
    command.run = nullptr;
    command.status = kCouldNot;
    const std::string word = count > 1 ? words[1] : "";
    if (!word.empty() && word[0] != '-' && app.get_subcommands().empty()) {
      report_unknown_verb(app, word);
    } else if (app.get_subcommands().empty()) {
      report_misuse(count > 1 ? misuse.what() : "say what to do: `icecore --help` lists the verbs");
    } else {
      const std::string name = app.get_subcommands().front()->get_name();
      report_misuse(
          fmt::format("{}: {} (`icecore {} --help` says more)", name, misuse.what(), name));
    }
  }
  return command;
}

}  // namespace icecore::inline v0

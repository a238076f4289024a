#pragma once
#include "codec/reader_queue.hpp"
#include "core/result.hpp"
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::codec {

/// What a child of our own program may take.
struct ChildLimits {
    std::size_t input_bytes = 50U << 20U;
    std::size_t output_bytes = 64U << 20U;
    int wall_seconds = 60;                  ///< without an end, or without a line of progress
    int processor_seconds = 60;
    Asker asker {};                         ///< whose turn in the queue of children it takes
};

/// Told when the child has come further, and every two seconds in between (0 of 0 at first). False: end the child.
using ChildProgress = std::function<bool(int done, int all)>;

/// The kpuhub program of this build: the running one, or the one beside it when another program (a test) runs.
std::string own_program();

/// Runs `program words...` for one file: the file on stdin, an empty environment, its own private folder as the place it
/// stands in, no other descriptor, its own process group that is killed as a whole, gone with the parent; limits on time
/// (wall and processor), memory (640 MiB), file size and descriptors. Gives what it wrote to stdout.
/// Waits for a seat first (reader_queue.hpp). The kernel's choice when memory is short (oom_score_adj 1000), nice 19 and in batch.
/// Lines of progress ({"progress":[3,20]}) that it writes before all else are told and left out.
/// Errors: NotFound codec.no_file; Invalid codec.too_large, codec.too_slow, codec.cancelled; Unavailable codec.no_child, codec.busy.
Result<std::string> run_child_process(std::string const& program, std::vector<std::string> const& words,
    std::string const& input_path, std::string const& temporary_folder, ChildLimits const& = {}, ChildProgress const& = {});

/// The child's side: how far it is.
void write_progress(int done, int all);

/// Takes whole lines of progress off the front of what a child wrote; the newest, when there was one.
struct ChildSteps {
    int done = 0;
    int all = 0;
};
std::optional<ChildSteps> take_progress(std::string& written);

/// The child's side: all of stdin, at most `most_bytes` and one more; and all of it to stdout. False when that failed.
bool read_standard_input(std::string& bytes, std::size_t most_bytes);
bool write_standard_output(std::string const& bytes);

}

#pragma once
#include "codec/xlsx_writer.hpp"
#include "report/package.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::report {

/// A file that goes along: where in the archive, what it is, which stored bytes (empty: it lies elsewhere).
struct GatheredFile {
    std::string path;
    std::string title;
    std::string hash;
};

/// What a sending is made of, as one read snapshot saw it.
struct Gathered {
    Package package;
    std::vector<GatheredFile> papers;
    std::optional<codec::Sheet> plan {};
    std::string plan_path, plan_title;
    std::vector<GatheredFile> proofs;
};

/// Errors: NotFound.
Result<Gathered> gather(storage::Reader&, PackageId, time::Date today);

}

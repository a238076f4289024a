#pragma once
#include "decree/draft.hpp"
#include "decree/source_rows.hpp"
#include <optional>
#include <span>

namespace kpuhub::decree {

/// The fields of the decision: what stands before its annex (`head`) and behind the table (`closing`).
/// What is only in the closing block (signatory, certifier, place, date) is taken from there.
Decree read_decree_fields(std::span<SourceRow const> head, std::span<SourceRow const> closing);

/// "11 April 2022" anywhere in a text, as an ISO date and as printed.
std::optional<std::pair<std::string, std::string>> find_date(std::string_view);

/// How many decisions begin in these rows: headings "KEPUTUSAN KOMISI PEMILIHAN UMUM" with a NOMOR of their own that differs.
int decisions_in(std::span<SourceRow const>);

}

#pragma once
#include "codec/document.hpp"
#include "core/result.hpp"
#include "decree/draft.hpp"
#include "decree/shape.hpp"

namespace kpuhub::decree {

/// Reads a decree: its fields, the tree of its action plan with the months, findings and proposals.
/// Each line of the plan table is used by a node or named by a finding.
/// Errors: decree.no_table, decree.no_months, decree.too_many_months, decree.two_plans, decree.no_rows.
Result<Draft> read_decree(codec::Document const&, Shape const&);

}

#pragma once
#include "codec/xlsx_writer.hpp"
#include "plan/tree.hpp"
#include <map>

namespace kpuhub::plan {

/// What a printed plan says beside its rows.
struct SheetWords {
    std::string unit_name;
    int year = 0;
    std::map<SubdivisionId, std::string> subdivisions {};
    std::map<PostId, std::string> posts {};
};

/// A plan as the annex of its decree: title, headings, merged cells, marks "V" under twelve months, KET, place and signatory.
/// Importing it gives the same rows: texts, numbers, printed months and remarks (working schedules are not printed).
/// An indicator that covers sub-activities apart from each other stands at the first of them only.
codec::Sheet plan_sheet(Tree const&, SheetWords const&);

/// The same table as CSV, one line for each row of the sheet; a text stands in the first line that it holds for.
std::string plan_csv(Tree const&, SheetWords const&);

}

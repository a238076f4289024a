#pragma once
#include "plan/board_model.hpp"
#include <functional>

namespace kpuhub::plan {

using SheetWords = std::function<std::string(view::Sentence const&)>;

/// The board as it stands on the screen, as a workbook. Errors: as codec::write_workbook.
Result<std::string> board_workbook(BoardPage const&, SheetWords);

}

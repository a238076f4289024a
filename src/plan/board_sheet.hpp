#pragma once
#include "codec/xlsx_writer.hpp"
#include "plan/board_model.hpp"
#include <functional>

namespace kpuhub::plan {

using SheetWords = std::function<std::string(view::Sentence const&)>;

/// The board as it stands on the screen.
codec::Sheet board_sheet(BoardPage const&, SheetWords);

}

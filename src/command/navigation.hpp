#pragma once
#include "account/reader.hpp"
#include "storage/database.hpp"
#include "view/frame.hpp"
#include <vector>

namespace kpuhub::command {

/// The row of links under the head, by what the reader may do, with what waits behind each. One statement.
std::vector<view::NavItem> navigation(storage::Reader&, account::Reader const&);

}

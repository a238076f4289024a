#pragma once
#include "codec/document.hpp"

namespace kpuhub::decree {

/// Decides where a line of a cell was full whether the next begins a sentence of its own: when what stands before is written in small
/// letters throughout, and other cells of the column begin with the same word. Then line_separator stands there, else nothing does.
codec::Document settle_breaks(codec::Document);

}

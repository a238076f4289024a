#pragma once
#include "decree/source_rows.hpp"
#include "decree/words.hpp"
#include <map>

namespace kpuhub::decree {

/// "«. Mengelola" below "b. Menyusun": a recognised number that was mistaken for a like sign.
class MarkerRepair {
public:
    /// Rows come in the order of their table: each column goes on from its last number.
    void repair(SourceRow&);

private:
    std::map<std::size_t, Marker> m_markers;
};

}

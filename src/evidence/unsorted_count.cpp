#include "evidence/unsorted_count.hpp"
#include "evidence/unsorted_sql.hpp"

namespace kpuhub::evidence {

constexpr storage::Query unsorted_counts { "evidence.unsorted_in",
    "SELECT" KPUHUB_UNSORTED_COUNTS KPUHUB_UNSORTED_IN("$3") };

Unsorted unsorted_in(storage::Reader& reader, Asker asker, UnitId unit)
{
    auto row = reader.first(unsorted_counts, asker.person, asker.today, unit);
    return { row->integer(0), row->integer(1) };
}

}

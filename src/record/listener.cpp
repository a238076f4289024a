#include "record/listener.hpp"

namespace kpuhub::record {

Result<void> tell(storage::Transaction& transaction, journal::Act const& act, Listeners const& listeners, RecordChange const& change)
{
    auto counted = [](Record const* record) { return record && !record->is_draft() ? record : nullptr; };
    auto told = change;
    told.before = counted(change.before);
    told.after = counted(change.after);
    if (told.before || told.after)
        for (auto* listener : listeners)
            TRY_VOID(listener->changed(transaction, act, told));
    return {};
}

}

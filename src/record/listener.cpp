#include "record/listener.hpp"

namespace kpuhub::record {

Result<void> tell(storage::Transaction& transaction, journal::Act const& act, Listeners const& listeners, RecordChange const& change)
{
    auto counted = [](Record const* record) { return record && !record->is_draft() ? record : nullptr; };
    RecordChange told { change.made, counted(change.before), counted(change.after), change.step };
    if (told.before || told.after)
        for (auto* listener : listeners)
            TRY_VOID(listener->changed(transaction, act, told));
    return {};
}

}

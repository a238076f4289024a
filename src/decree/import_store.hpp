#pragma once
#include "decree/import.hpp"

namespace kpuhub::decree {

// Statements of the imports; private to the room.
ImportId insert_import(storage::Transaction&, SubjectId, UnitId, std::string const& file_name, std::string const& blob_hash,
    journal::Act const&);
void save_original(storage::Transaction&, ImportId, Draft const&, time::Instant at);
void save_draft(storage::Transaction&, ImportId, Draft const&, journal::Act const&);
void save_fault(storage::Transaction&, ImportId, std::string_view message_key, time::Instant at);
void save_plan(storage::Transaction&, ImportId, PlanId, int year);
std::int64_t insert_step(storage::Transaction&, ImportId, Edit const&, int rows, journal::Act const&);
bool mark_undone(storage::Transaction&, ImportId, std::int64_t step);

}

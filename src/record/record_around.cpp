#include "record/record_around.hpp"
#include "subject/history_sql.hpp"
#include <algorithm>

namespace kpuhub::record {

using storage::Query;

// Rows of KPUHUB_HISTORY (0 and 1), then the steps (2) and the files (3) in its columns, oldest first.
constexpr Query select_around { "record.around", KPUHUB_HISTORY
    " UNION ALL SELECT 2, -f.id, f.at, f.person_id, f.step, f.from_state, f.to_state, NULL, f.reason, NULL, NULL FROM flow_step f WHERE f.subject_id = $1"
    " UNION ALL SELECT 3, -r.id, r.brought_at, r.bytes, COALESCE(w.name, ''), r.field, r.media_type, NULL, r.file_name, r.blob_hash, NULL"
    "   FROM record_file r LEFT JOIN person w ON w.id = r.brought_by WHERE r.subject_id = $1 AND r.removed_at IS NULL"
    " ORDER BY 1, 2 DESC" };

constexpr int first_step = 2, first_file = 3;

Around around_record(storage::Reader& reader, SubjectId id, int most_events)
{
    auto const rows = reader.query(select_around, id, most_events);
    auto const steps = std::ranges::find_if(rows, [](storage::Row const& row) { return row.integer(0) >= first_step; });
    Around around { subject::read_history({ rows.begin(), steps }), {}, {} };
    for (auto row = steps; row != rows.end(); ++row) {
        if (row->integer(0) < first_file)
            around.steps.push_back({ row->text(4), row->text(5), row->text(6), row->id<PersonTag>(3), row->instant(2), row->text(8) });
        else
            around.files.push_back({ -row->integer(1), row->text(5), row->text(9), row->text(6), row->text(8), row->integer(3), row->text(4), row->instant(2) });
    }
    return around;
}

}

#pragma once
#include "flow/flow.hpp"
#include "record/record_store.hpp"
#include "subject/subject.hpp"

namespace kpuhub::record {

/// What was done with a record and what hangs on it, for its page.
struct Around {
    subject::History history;
    std::vector<flow::DoneStep> steps;      ///< oldest first
    std::vector<RecordFile> files;          ///< oldest first
};
/// The newest events, all comments, steps and files. One statement; the caller has read the record.
Around around_record(storage::Reader&, SubjectId, int most_events);

}

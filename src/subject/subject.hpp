#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/journal.hpp"
#include "storage/database.hpp"
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::subject {

/// Makes the subject row that a detail table hangs on.
SubjectId create(storage::Transaction&, std::string_view kind, UnitId, std::optional<std::string> period,
    std::string_view state, time::Instant at, std::optional<std::int64_t> definition_version = std::nullopt);

/// Locks the subject and raises its version: the first statement of every action on it (design: write contract).
/// Errors: Conflict "subject.changed" when its version is not the one that the form showed.
Result<void> lock(storage::Transaction&, SubjectId, std::int64_t shown_version);

/// The same without a shown version (bulk steps): all in order of id, so that two of them cannot wait for each other.
/// Errors: NotFound when one is missing.
Result<void> lock_all(storage::Transaction&, std::vector<SubjectId>);

/// Locks the subject and leaves its version: for what changes no value that a form of another shows (comments, attachments, signatures).
/// First statement. Errors: NotFound.
Result<void> hold(storage::Transaction&, SubjectId);

void set_state(storage::Transaction&, SubjectId, std::string_view state);

/// The subject begins now: a draft that is sent.
void begin_at(storage::Transaction&, SubjectId, time::Instant);

struct Comment {
    std::string person_name;
    time::Instant written_at {};
    std::string body;
};
/// What happened and what was said, for the page of a subject.
struct History {
    std::vector<journal::Event> events;     ///< newest first
    std::vector<Comment> comments;          ///< oldest first
};
/// All comments and the newest events. One statement.
History history(storage::Reader&, SubjectId, int most_events);
/// From rows of KPUHUB_HISTORY (history_sql.hpp), for statements that read more than it.
History read_history(std::span<storage::Row const>);

/// Adds a comment and its event. Errors: Invalid when empty or over 4,000 bytes. The caller has checked the right.
Result<void> add_comment(storage::Transaction&, journal::Act const&, SubjectId, UnitId, std::string body);

}

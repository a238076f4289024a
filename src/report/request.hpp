#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "paper/series.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::report {

using RequestId = Id<struct RequestTag>;
using AnswerId = Id<struct AnswerTag>;

/// What is asked for: a paper (file, link or official paper), a number, or a share of two numbers.
enum class Wants { Paper, Number, Share };
/// Belum dijawab, dijawab, tidak tersedia. Zero is an answer.
enum class AnswerState { Open, Answered, NotAvailable };
std::string_view to_text(Wants);
std::string_view to_text(AnswerState);
std::optional<Wants> wants_of(std::string_view);

/// Permintaan ke satker: what a supervising office asks of lower ones.
struct Request {
    RequestId id {};
    UnitId unit {};                     ///< the office that asks
    std::string unit_code, unit_name;
    std::string title, body;
    Wants wants = Wants::Paper;
    std::string measure;                ///< what a figure counts
    time::Date due_on {};
    bool closed = false;
    std::int64_t version = 0;
    std::int64_t offices = 0, answered = 0, not_available = 0;
};

/// A file that came with an answer; its bytes are in the blob store.
struct AnswerFile {
    std::string hash;
    std::string name;                   ///< shown, never a path
    std::string media_type;
    std::int64_t bytes = 0;
};

/// What an office answers.
struct Reply {
    bool not_available = false;
    std::optional<std::int64_t> numerator {};
    std::optional<std::int64_t> denominator {};
    std::string address {};             ///< http or https
    PaperId paper {};                   ///< an issued one of the office
    std::optional<AnswerFile> file {};  ///< a new one; none = the one that is there stays
    std::string note {};                ///< at most 4,000 bytes; the reason when not available
};

struct Answer {
    AnswerId id {};
    RequestId request {};
    UnitId unit {};
    std::string unit_code, unit_name;
    AnswerState state = AnswerState::Open;
    std::int64_t version = 0;
    Reply reply {};
    std::string paper_title;
    std::optional<time::Instant> answered_at {};
    std::string answered_by;
    bool may_answer = false;
};

enum class Scope { Direct, All, Chosen };
struct NewRequest {
    std::string title;
    std::string body {};
    Wants wants = Wants::Paper;
    std::string measure {};
    time::Date due_on {};
    Scope scope = Scope::Direct;
    std::vector<UnitId> chosen {};      ///< of lower offices, for Scope::Chosen
};

// Actions. Errors: NotFound when the actor may not know of it, Forbidden, Conflict "subject.changed", "report.request.closed_already".

/// Needs report.ask in the office that asks. Errors: also Invalid with each wrong field; NotFound for an office that is not a lower one.
Result<RequestId> ask(storage::Transaction&, journal::Act const&, UnitId, NewRequest const&);
/// Needs report.send in the office that answers; may be changed until the request is closed. Errors: also Invalid with each wrong field.
Result<void> answer(storage::Transaction&, journal::Act const&, AnswerId, std::int64_t shown_version, Reply const&);
/// A comment on each answer that is still open. Returns how many. Errors: also Invalid for an empty text.
Result<std::int64_t> remind(storage::Transaction&, journal::Act const&, RequestId, std::int64_t shown_version, std::string text);
/// No answers after it.
Result<void> close(storage::Transaction&, journal::Act const&, RequestId, std::int64_t shown_version);

/// With report.ask in the office that asks. Errors: NotFound.
Result<Request> find_request(storage::Reader&, PersonId, time::Date today, RequestId);
/// Open ones first, then by due day; at most 100.
std::vector<Request> requests_by(storage::Reader&, PersonId, time::Date today, UnitId asking);
/// Of a request that the reader may see, by code of the office.
std::vector<Answer> answers_of(storage::Reader&, PersonId, time::Date today, RequestId);

/// An answer with what was asked; with plan.read in the office that answers. Errors: NotFound.
struct Asked {
    Request request;
    Answer answer;
};
Result<Asked> find_answer(storage::Reader&, PersonId, time::Date today, AnswerId);
/// What an office was asked: open ones first, then by due day; at most 100.
std::vector<Asked> asked_of(storage::Reader&, PersonId, time::Date today, UnitId);

}

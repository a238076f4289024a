#include "evidence/evidence.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "report/request_store.hpp"
#include "subject/subject.hpp"
#include <algorithm>
#include <array>
#include <set>

namespace kpuhub::report {

constexpr std::size_t most_title_bytes = 300;
constexpr std::size_t most_text_bytes = 4'000;
constexpr std::array<std::string_view, 3> wants_words { "paper", "number", "share" };
constexpr std::array<std::string_view, 3> state_words { "open", "answered", "not_available" };

std::string_view to_text(Wants wants) { return wants_words.at(static_cast<std::size_t>(wants)); }
std::string_view to_text(AnswerState state) { return state_words.at(static_cast<std::size_t>(state)); }

std::optional<Wants> wants_of(std::string_view word)
{
    auto const found = std::ranges::find(wants_words, word);
    return found == wants_words.end() ? std::nullopt : std::optional { static_cast<Wants>(found - wants_words.begin()) };
}

static Result<void> checked(NewRequest const& asked, time::Date today)
{
    std::vector<FieldFault> wrong;
    if (asked.title.empty() || asked.title.size() > most_title_bytes)
        wrong.push_back({ "title", "report.ask.title_wrong" });
    if (asked.body.size() > most_text_bytes)
        wrong.push_back({ "body", "report.note_long" });
    if (asked.measure.size() > 60)
        wrong.push_back({ "measure", "report.ask.measure_long" });
    if (asked.due_on < today)
        wrong.push_back({ "due_on", "report.ask.due_past" });
    if (asked.scope == Scope::Chosen && asked.chosen.empty())
        wrong.push_back({ "scope", "report.ask.nobody" });
    if (!wrong.empty())
        return invalid("report.form_wrong", std::move(wrong));
    return {};
}

/// The offices that are asked, each a lower one. Errors: NotFound for another.
static Result<std::vector<UnitId>> offices_asked(storage::Reader& reader, UnitId unit, NewRequest const& asked, time::Date today)
{
    std::set<UnitId> const chosen { asked.chosen.begin(), asked.chosen.end() };
    std::vector<UnitId> offices;
    for (auto const& below : units_below(reader, unit, today))
        if (asked.scope == Scope::All || (asked.scope == Scope::Direct && below.depth == 1) || (asked.scope == Scope::Chosen && chosen.contains(below.unit)))
            offices.push_back(below.unit);
    if (asked.scope == Scope::Chosen && offices.size() != chosen.size())
        return not_found();
    if (offices.empty())
        return invalid("report.form_wrong", { { "scope", "report.ask.nobody" } });
    return offices;
}

Result<RequestId> ask(storage::Transaction& transaction, journal::Act const& act, UnitId unit, NewRequest const& asked)
{
    if (!organization::may(transaction, act.actor, act.today, unit, "plan.read"))
        return not_found();
    if (!organization::may(transaction, act.actor, act.today, unit, "report.ask"))
        return forbidden("report.ask.forbidden");
    TRY_VOID(checked(asked, act.today));
    auto const offices = TRY(offices_asked(transaction, unit, asked, act.today));
    RequestId const id { subject::create(transaction, "unit_request", unit, std::nullopt, "open", act.at).value };
    insert_request(transaction, act, id, unit, asked);
    for (auto const office : offices) {
        AnswerId const answer { subject::create(transaction, "request_answer", office, std::nullopt, "open", act.at).value };
        insert_answer(transaction, answer, id, office);
    }
    journal::write(transaction, act, { "request.asked", subject_of(id), unit,
        { { "title", asked.title }, { "wants", std::string { to_text(asked.wants) } }, { "due_on", asked.due_on.iso() }, { "offices", std::to_string(offices.size()) } } });
    return id;
}

/// The reply as it is kept: only what was asked for. Errors: Invalid with each wrong field.
static Result<Reply> checked(storage::Reader& reader, Asked const& asked, Reply reply)
{
    std::vector<FieldFault> wrong;
    if (reply.note.size() > most_text_bytes)
        wrong.push_back({ "note", "report.note_long" });
    if (reply.not_available) {
        if (reply.note.empty())
            wrong.push_back({ "note", "report.answer.reason" });
        if (!wrong.empty())
            return invalid("report.form_wrong", std::move(wrong));
        return Reply { .not_available = true, .note = std::move(reply.note) };
    }
    if (asked.request.wants == Wants::Paper) {
        reply.numerator = reply.denominator = std::nullopt;
        if (!reply.address.empty()) {
            if (auto address = evidence::checked_address(reply.address))
                reply.address = *address;
            else
                wrong.push_back({ "address", address.error() });
        }
        if (reply.paper && !is_issued_paper(reader, asked.answer.unit, reply.paper))
            wrong.push_back({ "paper", "report.answer.paper_wrong" });
        if (reply.address.empty() && !reply.paper && !reply.file && !asked.answer.reply.file)
            wrong.push_back({ "file", "report.answer.nothing" });
    } else {
        reply = { .numerator = reply.numerator, .denominator = asked.request.wants == Wants::Share ? reply.denominator : std::nullopt, .note = std::move(reply.note) };
        if (!reply.numerator || *reply.numerator < 0)
            wrong.push_back({ "numerator", "report.answer.number" });
        if (asked.request.wants == Wants::Share && (!reply.denominator || *reply.denominator <= 0))
            wrong.push_back({ "denominator", "report.answer.denominator" });
    }
    if (!wrong.empty())
        return invalid("report.form_wrong", std::move(wrong));
    return reply;
}

Result<void> answer(storage::Transaction& transaction, journal::Act const& act, AnswerId id, std::int64_t shown_version, Reply const& typed)
{
    auto lock = subject::lock(transaction, subject_of(id), shown_version);
    auto const asked = TRY(find_answer(transaction, act.actor, act.today, id));
    if (!asked.answer.may_answer)
        return forbidden("report.send.forbidden");
    TRY_VOID(std::move(lock));
    if (asked.request.closed)
        return conflict("report.request.closed_already");
    auto const reply = TRY(checked(transaction, asked, typed));
    write_answer(transaction, act, id, reply);
    subject::set_state(transaction, subject_of(id), to_text(reply.not_available ? AnswerState::NotAvailable : AnswerState::Answered));
    auto const number = [](std::optional<std::int64_t> value) { return value ? std::to_string(*value) : std::string {}; };
    journal::write(transaction, act, { reply.not_available ? "request.not_available" : "request.answered", subject_of(id), asked.answer.unit,
        { { "request", std::to_string(asked.request.id.value) }, { "numerator", number(reply.numerator) }, { "denominator", number(reply.denominator) },
            { "address", reply.address }, { "sha256", reply.file ? reply.file->hash : "" }, { "note", reply.note } } });
    return {};
}

/// The first statements of what the asking office does: locks the request, then finds it; the right comes before the version.
static Result<Request> for_asker(storage::Transaction& transaction, journal::Act const& act, RequestId id, std::int64_t shown_version)
{
    auto lock = subject::lock(transaction, subject_of(id), shown_version);
    auto request = TRY(find_request(transaction, act.actor, act.today, id));
    TRY_VOID(std::move(lock));
    if (request.closed)
        return conflict("report.request.closed_already");
    return request;
}

Result<std::int64_t> remind(storage::Transaction& transaction, journal::Act const& act, RequestId id, std::int64_t shown_version, std::string text)
{
    auto const request = TRY(for_asker(transaction, act, id, shown_version));
    std::int64_t reminded = 0;
    for (auto const& answer : answers_of(transaction, act.actor, act.today, id)) {
        if (answer.state != AnswerState::Open)
            continue;
        TRY_VOID(subject::add_comment(transaction, act, subject_of(answer.id), answer.unit, text));
        ++reminded;
    }
    journal::write(transaction, act, { "request.reminded", subject_of(id), request.unit, { { "offices", std::to_string(reminded) } } });
    return reminded;
}

Result<void> close(storage::Transaction& transaction, journal::Act const& act, RequestId id, std::int64_t shown_version)
{
    auto const request = TRY(for_asker(transaction, act, id, shown_version));
    subject::set_state(transaction, subject_of(id), "closed");
    end_open_answers(transaction, id);
    journal::write(transaction, act, { "request.closed", subject_of(id), request.unit });
    return {};
}

}

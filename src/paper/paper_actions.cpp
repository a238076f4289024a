#include "job/job.hpp"
#include "journal/journal.hpp"
#include "organization/access.hpp"
#include "paper/paper_store.hpp"
#include "paper/press.hpp"
#include "subject/subject.hpp"
#include <array>
#include <sodium.h>

namespace kpuhub::paper {

constexpr storage::Query version_of_subject { "paper.version_of_about", "SELECT version FROM subject WHERE id = $1" };
constexpr std::size_t most_content_bytes = 200'000;
constexpr std::size_t most_line_bytes = 500;

/// 12 signs of Crockford's alphabet (60 bits) from the randomness of the act and the number of the paper: nobody guesses it.
static std::string public_code(journal::Act const& act, SubjectId id)
{
    constexpr std::string_view signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    auto const named = "paper code " + std::to_string(id.value);
    std::array<unsigned char, 16> hash {};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<unsigned char const*>(named.data()), named.size(), act.seed.data(), act.seed.size());
    std::string code;
    for (std::size_t i = 0; i < 12; ++i)
        code += signs[hash.at(i) % signs.size()];
    return code;
}

static Result<void> may_manage(storage::Transaction& transaction, journal::Act const& act, UnitId unit)
{
    if (!act.actor)
        return {};
    if (!organization::may(transaction, act.actor, act.today, unit, "plan.read"))
        return not_found();
    if (!organization::may(transaction, act.actor, act.today, unit, "plan.manage"))
        return forbidden("plan.manage.forbidden");
    return {};
}

/// The first statements of every action: locks the paper, then finds it and what the actor may do.
static Result<OfficialPaper> locked(storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t shown_version)
{
    auto lock = subject::lock(transaction, subject_of(id), shown_version);
    auto paper = act.actor ? load_paper(transaction, act.actor, act.today, id) : load_any(transaction, id);
    if (!paper)
        return not_found();
    TRY_VOID(std::move(lock));
    return *paper;
}

static Result<OfficialPaper> for_change(storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t shown_version)
{
    auto paper = TRY(locked(transaction, act, id, shown_version));
    if (!paper.may_manage)
        return forbidden("plan.manage.forbidden");
    return paper;
}

static void go(storage::Transaction& transaction, journal::Act const& act, OfficialPaper const& paper, State state, std::vector<journal::Field> fields)
{
    subject::set_state(transaction, subject_of(paper.id), to_text(state));
    journal::write(transaction, act, { "paper." + std::string { to_text(state) }, subject_of(paper.id), paper.unit, std::move(fields) });
}

Result<PaperId> create(storage::Transaction& transaction, journal::Act const& act, NewPaper const& paper)
{
    TRY_VOID(may_manage(transaction, act, paper.unit));
    if (paper.content.size() > most_content_bytes || paper.title.size() > most_line_bytes * 4)
        return invalid("paper.text.too_long");
    if (key_taken(transaction, paper))
        return conflict("paper.exists");
    auto const id = subject::create(transaction, "official_paper", paper.unit, {}, "draft", act.at);
    insert_paper(transaction, act, id, paper, public_code(act, id));
    journal::write(transaction, act, { "paper.draft", id, paper.unit, { { "kind", paper.kind }, { "title", paper.title } } });
    return PaperId { id.value };
}

Result<void> save_content(storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t shown_version, std::string title, std::string content, codec::PaperSize size)
{
    auto const paper = TRY(for_change(transaction, act, id, shown_version));
    if (!paper.in_draft())
        return conflict("paper.closed");
    if (content.size() > most_content_bytes || title.size() > most_line_bytes * 4)
        return invalid("paper.text.too_long");
    save_texts(transaction, id, title, content, size);
    drop_initials(transaction, id);
    if (paper.state == State::Initialled)
        subject::set_state(transaction, subject_of(id), to_text(State::Draft));
    journal::write(transaction, act, { "paper.texts_saved", subject_of(id), paper.unit, { { "title", title } } });
    return {};
}

Result<void> put_initials(storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t shown_version, std::string post)
{
    auto const paper = TRY(locked(transaction, act, id, shown_version));
    if (!paper.may_initial || !act.actor)
        return forbidden("paper.initials.forbidden");
    if (!paper.in_draft())
        return conflict("paper.closed");
    insert_initials(transaction, act, id, post);
    go(transaction, act, paper, paper.state == State::Agreed ? State::Agreed : State::Initialled, { { "post", post } });
    return {};
}

Result<void> set_minutes(storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t shown_version, std::string number, time::Date on)
{
    auto const paper = TRY(for_change(transaction, act, id, shown_version));
    if (!paper.in_draft())
        return conflict("paper.closed");
    if (number.empty() || number.size() > most_line_bytes)
        return invalid("paper.minutes_missing", { { "minutes_number", "paper.minutes_missing" } });
    save_minutes(transaction, id, number, on);
    go(transaction, act, paper, State::Agreed, { { "minutes", number }, { "on", on.iso() } });
    return {};
}

Result<void> give_number(storage::Transaction& transaction, journal::Act const& act, Kinds const& kinds, PaperId id, std::int64_t shown_version, time::Date on, std::string place,
    std::optional<WantedNumber> const& wanted)
{
    auto const paper = TRY(for_change(transaction, act, id, shown_version));
    auto const kind = kinds.find(paper.kind);
    if (!paper.in_draft() || kind == kinds.end())
        return conflict("paper.closed");
    bool const by_program = !act.actor;
    if (place.empty() || place.size() > most_line_bytes)
        return invalid("paper.place_missing", { { "place", "paper.place_missing" } });
    if (kind->second.needs_initials && !by_program && initials_of(transaction, id).empty())
        return invalid("paper.initials_missing");
    if (kind->second.needs_minutes && paper.minutes_number.empty() && !by_program)
        return invalid("paper.minutes_missing");
    if (kind->second.check)
        TRY_VOID(kind->second.check(transaction, act, paper));
    auto const number = TRY(take_number(transaction, act, paper.unit, kind->second.series, on, subject_of(id), wanted));
    save_number(transaction, id, number, on, place);
    go(transaction, act, paper, State::Numbered, { { "number", number.text }, { "on", on.iso() } });
    if (!by_program)        // the job that numbers many writes them itself
        job::enqueue(transaction, writing_job, R"({"edition":"final"})", subject_of(id), act.actor, act.at);
    return {};
}

Result<void> keep_original(storage::Transaction& transaction, journal::Act const& act, Kinds const& kinds, PaperId id, std::int64_t shown_version, StoredFile const& original)
{
    auto const paper = TRY(for_change(transaction, act, id, shown_version));
    auto const kind = kinds.find(paper.kind);
    if (paper.state != State::Numbered || kind == kinds.end())
        return conflict("paper.closed");
    if (paper.about) {
        auto const now = transaction.first(version_of_subject, paper.about);
        if (!now || now->integer(0) != paper.about_version)
            return conflict("paper.about_changed");
    }
    save_file(transaction, id, original);
    if (kind->second.signed_with)
        TRY_VOID(kind->second.signed_with(transaction, act, paper));
    go(transaction, act, paper, State::Signed, { { "hash", original.hash } });
    job::enqueue(transaction, writing_job, R"({"edition":"copy"})", subject_of(id), act.actor, act.at);
    return {};
}

Result<void> cancel(storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t shown_version, std::string reason)
{
    auto const paper = TRY(for_change(transaction, act, id, shown_version));
    if (paper.state >= State::Signed)
        return conflict("paper.closed");
    if (reason.empty() || reason.size() > most_line_bytes)
        return invalid("paper.number.reason", { { "reason", "paper.number.reason" } });
    if (paper.number_id)
        TRY_VOID(cancel_number(transaction, act, paper.number_id, reason));
    save_end(transaction, id, reason, {});
    go(transaction, act, paper, State::Cancelled, { { "number", paper.number }, { "reason", reason } });
    return {};
}

Result<void> revoke(storage::Transaction& transaction, journal::Act const& act, PaperId id, std::int64_t shown_version, time::Date on, std::string reason)
{
    auto const paper = TRY(for_change(transaction, act, id, shown_version));
    if (paper.state != State::Signed)
        return conflict("paper.closed");
    if (reason.empty() || reason.size() > most_line_bytes)
        return invalid("paper.number.reason", { { "reason", "paper.number.reason" } });
    save_end(transaction, id, reason, on);
    go(transaction, act, paper, State::Revoked, { { "reason", reason }, { "on", on.iso() } });
    return {};
}

Result<void> ask_preview(storage::Transaction& transaction, journal::Act const& act, PaperId id)
{
    auto const paper = act.actor ? load_paper(transaction, act.actor, act.today, id) : load_any(transaction, id);
    if (!paper)
        return not_found();
    if (!paper->may_initial)
        return forbidden("plan.manage.forbidden");
    auto const running = job::latest_of(transaction, subject_of(id));
    if (!running || (running->state != "waiting" && running->state != "running"))
        job::enqueue(transaction, writing_job, R"({"edition":"preview"})", subject_of(id), act.actor, act.at);
    return {};
}

}

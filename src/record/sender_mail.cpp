#include "record/sender_mail.hpp"
#include "outbox/outbox.hpp"
#include <fmt/format.h>

namespace kpuhub::record {

constexpr storage::Query language_of_sender { "record.sender_language", "SELECT language FROM record_intake WHERE subject_id = $1" };

Result<void> SenderMail::changed(storage::Transaction& transaction, journal::Act const& act, RecordChange const& change)
{
    auto const& door = change.made.counts.intake;
    bool const new_state = change.after && (!change.before || change.before->state != change.after->state);
    if (!door || door->contact.empty() || !new_state)
        return {};
    auto const& record = *change.after;
    auto const* address = std::get_if<std::string>(&record.content.value(door->contact));
    auto const row = address ? transaction.first(language_of_sender, record.id) : std::nullopt;
    auto const* state = change.made.state(record.state);
    if (!row || !state)
        return {};
    auto const language = text::language_named(row->text(0));
    std::string const arguments[] = { record.number, change.made.title.in(language), state->label.in(language), state->explains.in(language), m_public_url + "/track" };
    outbox::put(transaction, { fmt::format("record:{}:{}:{}", record.id.value, record.state, act.at.milliseconds), fmt::format("record:{}", record.id.value), {}, *address,
        m_messages.text("record.intake.mail.heading", language, arguments), m_messages.text("record.intake.mail.body", language, arguments) }, act.at);
    return {};
}

}

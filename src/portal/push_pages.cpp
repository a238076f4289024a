#include "account/form.hpp"
#include "account/session.hpp"
#include "journal/journal.hpp"
#include "outbox/push.hpp"
#include "portal/reminder_pages.hpp"

namespace kpuhub::portal {

using account::Visit;

/// The browser itself sends the form, after its person has said yes to it.
static Result<http::Response> take_browser(Visit& visit, outbox::PushPlaces const& places)
{
    if (visit.door.settings().push_key.empty())
        return not_found();
    auto const& form = visit.request.form;
    auto const made = TRY(outbox::read_push_device(places, form.text("endpoint"), form.text("p256dh"), form.text("auth")));
    auto const device = account::device_of(visit.request.header("user-agent"));
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(outbox::add_device(transaction, act.actor, made, device, act.at));
        journal::write(transaction, act, { "push.on", {}, visit.reader.unit, { { "device", device } } });
        return "/account/reminders?push=on#peramban";
    });
}

static Result<http::Response> end_browser(Visit& visit)
{
    auto const number = TRY(account::number_in(visit.request, "device"));
    auto const act = visit.act();
    return visit.once([&](storage::Transaction& transaction) -> Result<std::string> {
        TRY_VOID(outbox::drop_device(transaction, act.actor, PushDeviceId { number }));
        journal::write(transaction, act, { "push.off", {}, visit.reader.unit, {} });
        return "/account/reminders?push=off#peramban";
    });
}

void register_push_pages(account::Door const& door, http::Router& router, outbox::PushPlaces places)
{
    door.post(router, "/account/push", "signed_in", [places = std::move(places)](Visit& visit) { return take_browser(visit, places); });
    door.post(router, "/account/push/{device}/end", "signed_in", end_browser);
}

}

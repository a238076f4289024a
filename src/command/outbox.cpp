#include "command/command.hpp"
#include "command/workplace.hpp"
#include "journal/journal.hpp"
#include "outbox/quarantine.hpp"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kpuhub::command {

struct OutboxOptions {
    std::vector<std::int64_t> ids;
    bool all = false;
    std::string format = "table";
};

using OutboxStep = Result<void> (*)(Workplace&, Desk&, OutboxOptions const&);

/// What is held, without what it says: who runs the program sees no content.
static Result<void> list_held(Workplace& place, Desk& desk, OutboxOptions const& options)
{
    constexpr int most = 1000;
    return desk.database.read([&](storage::Reader& reader) -> Result<void> {
        auto const since = outbox::quarantined_since(reader);
        auto const held = since ? outbox::held_messages(reader, {}, most) : std::vector<outbox::Held> {};
        auto const in_all = outbox::count_held(reader);
        if (options.format == "json") {
            nlohmann::json made { { "held_since", since ? nlohmann::json(since->iso()) : nlohmann::json() }, { "waiting", in_all }, { "messages", nlohmann::json::array() } };
            for (auto const& each : held)
                made["messages"].push_back({ { "id", each.id.value }, { "kind", each.kind }, { "person", each.person.value }, { "written_at", each.written_at.iso() }, { "expires_at", each.expires_at.iso() } });
            place.print(made.dump() + "\n");
            return {};
        }
        if (since)
            place.print(fmt::format("ditahan sejak / held since {}: {} pesan menunggu / messages waiting\n", since->iso(), in_all));
        else
            place.print(fmt::format("tidak ditahan / not held: {} pesan menunggu / messages waiting\n", in_all));
        for (auto const& each : held)
            place.print(fmt::format("{:>8}  {}  {:<14} orang / person {}\n", each.id.value, each.written_at.iso(), each.kind, each.person.value));
        return {};
    });
}

static Result<void> drop(Workplace& place, Desk& desk, OutboxOptions const& options)
{
    if (options.all == !options.ids.empty())
        return invalid("outbox.choose");
    std::vector<MessageId> chosen;
    for (auto id : options.ids)
        chosen.push_back({ id });
    auto const dropped = TRY(desk.database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
        auto const count = TRY(outbox::drop_held(transaction, chosen, desk.act.at));
        journal::write(transaction, desk.act, { "outbox.dropped", {}, {}, { { "messages", std::to_string(count) } } });
        return count;
    }));
    place.print(fmt::format("{0} pesan dibuang; yang lain tetap ditahan / {0} messages dropped; the others stay held\n", dropped));
    return {};
}

static Result<void> release(Workplace& place, Desk& desk, OutboxOptions const&)
{
    auto const waiting = TRY(desk.database.write([&](storage::Transaction& transaction) -> Result<std::int64_t> {
        auto const count = TRY(outbox::end_quarantine(transaction));
        journal::write(transaction, desk.act, { "outbox.released", {}, {}, { { "messages", std::to_string(count) } } });
        return count;
    }));
    place.print(fmt::format("pengiriman berjalan lagi; {0} pesan menunggu / messages leave again; {0} wait\n", waiting));
    return {};
}

void add_outbox(CLI::App& application, Work& work)
{
    auto* group = application.add_subcommand("outbox", "pesan yang ditahan sesudah cadangan dipulihkan / messages held after a backup was restored");
    group->require_subcommand(1);
    auto const add = [&](char const* name, char const* words, OutboxStep step) {
        auto* command = group->add_subcommand(name, words);
        auto settings = std::make_shared<SettingsOptions>(*command, true);
        auto options = std::make_shared<OutboxOptions>();
        command->callback([&work, settings, options, step] {
            work = [settings, options, step](Workplace& place) {
                auto const held = place.settings(*settings);
                return held ? place.write(*held, [&](Desk& desk) { return step(place, desk, *options); }) : place.report(held.error());
            };
        });
        return std::pair { command, options };
    };
    auto const [listing, listed] = add("list", "yang menunggu, tanpa isinya / what waits, without what it says", list_held);
    listing->add_option("--format", listed->format, "table, json")->check(CLI::IsMember({ "table", "json" }));
    auto const [dropping, dropped] = add("drop", "membuang pesan yang mungkin sudah terkirim / drop messages that may have been sent", drop);
    dropping->add_option("id", dropped->ids, "nomor pesan / numbers of messages");
    dropping->add_flag("--all", dropped->all, "semua yang menunggu / all that wait");
    add("release", "mengirim lagi, juga semua yang masih menunggu / send again, also all that still waits", release);
}

}

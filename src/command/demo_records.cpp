#include "command/demo_records.hpp"
#include "core/embedded.hpp"
#include "definition/node.hpp"
#include "journal/journal.hpp"
#include <algorithm>
#include <cstdlib>
#include <map>

namespace kpuhub::command {

using definition::Node;
using storage::Query;

namespace {

constexpr auto file = "definitions/samples/demo_records.yaml";
constexpr Query person_of_user { "command.demo_person", "SELECT person_id FROM account WHERE user_name = $1" };
constexpr Query version_of_record { "command.demo_record_version", "SELECT version FROM subject WHERE id = $1" };

/// A day of the file: ISO, or "-3", so many days before today. What falls on a weekend was done on the Friday before.
std::optional<time::Date> day_of(std::string const& text, time::Date today)
{
    if (!text.starts_with('-'))
        return time::Date::from_iso(text);
    auto const day = today.plus(std::chrono::days { -std::atoi(text.c_str() + 1) });
    auto const weekday = static_cast<int>(day.weekday());
    return weekday <= 5 ? day : day.plus(std::chrono::days { 5 - weekday });
}

/// Makes one record after the other; what one is called ("@pkpu22", "@user:staf1") others may name in their values. A record that names
/// one that was left out is left out too.
class RecordMaker {
public:
    RecordMaker(storage::Database& database, record::Desk desk, time::Instant now, Node const& root)
        : m_database(database), m_desk(desk), m_now(now), m_first_day(time::Date::from_iso(root["first_day"].text).value_or(time::Date {})), m_usual(root["usual"])
    {
        for (auto const& node : root["records"].items)
            if (node.has("key"))
                m_keys[node["key"].text] = 0;
    }

    Result<bool> make(Node const& node)
    {
        auto at = moment(node);
        if (!at || names_missing(node["values"]))
            return false;
        auto id = TRY(m_database.write([&](storage::Transaction& transaction) -> Result<SubjectId> {
            auto typed = TRY(values(transaction, m_usual[node["register"].text]));
            for (auto& [field, texts] : TRY(values(transaction, node["values"])))
                typed[field] = texts;
            record::NewRecord wanted { node["unit"].text, node["register"].text, typed };
            return record::create(transaction, TRY(act(transaction, node["by"].text, *at)), m_desk, wanted);
        }));
        if (node.has("key"))
            m_keys[node["key"].text] = id.value;
        for (auto const& [list, lines] : node["rows"].entries)
            for (auto const& line : lines.items)
                if (!names_missing(line))
                    TRY_VOID(add_row(id, list, line, node["by"].text, *at));
        for (auto const& step : node["steps"].items)
            TRY_VOID(do_step(id, step, node));
        return true;
    }

private:
    [[nodiscard]] time::Date today() const { return time::date_at(m_now, time::Zone::Wita); }

    /// Nine o'clock of the day "on"; nothing when that has not come yet, or lies before the people had their roles.
    [[nodiscard]] std::optional<time::Instant> moment(Node const& node) const
    {
        auto const date = day_of(node["on"].text, today());
        if (!date || *date < m_first_day)
            return std::nullopt;
        auto at = time::start_of_day(*date, time::Zone::Wita).plus(std::chrono::hours { 9 });
        return at <= m_now ? std::optional { at } : std::nullopt;
    }

    static Result<PersonId> person(storage::Reader& reader, std::string const& user)
    {
        auto row = reader.first(person_of_user, user);
        return row ? Result<PersonId> { row->id<PersonTag>(0) } : Result<PersonId> { broken("demo records: no user " + user) };
    }

    static Result<journal::Act> act(storage::Reader& reader, std::string const& user, time::Instant at)
    {
        return journal::make_act(TRY(person(reader, user)), at, time::date_at(at, time::Zone::Wita));
    }

    /// "@day:-3" and "@at:-3" are a day and nine o'clock on it, "@month:-3" the month of that day.
    Result<std::string> value(storage::Reader& reader, std::string const& text) const
    {
        constexpr std::string_view user = "@user:", day = "@day:", at = "@at:", month = "@month:";
        constexpr std::size_t month_letters = 7;
        if (text.starts_with(user))
            return std::to_string(TRY(person(reader, text.substr(user.size()))).value);
        for (auto const prefix : { day, at, month })
            if (text.starts_with(prefix)) {
                auto const date = day_of(text.substr(prefix.size()), today());
                if (!date)
                    return broken("demo records: no day " + text);
                return prefix == day ? date->iso() : prefix == at ? date->iso() + "T09:00" : date->iso().substr(0, month_letters);
            }
        if (!text.starts_with('@'))
            return text;
        auto found = m_keys.find(text.substr(1));
        return found == m_keys.end() ? Result<std::string> { broken("demo records: no key " + text) } : std::to_string(found->second);
    }

    [[nodiscard]] bool names_missing(Node const& map) const
    {
        auto const missing = [&](std::string const& text) {
            auto const found = text.starts_with('@') ? m_keys.find(text.substr(1)) : m_keys.end();
            return found != m_keys.end() && found->second == 0;
        };
        return std::ranges::any_of(map.entries, [&](auto const& entry) { return missing(entry.second.text); });
    }

    Result<record::Typed> values(storage::Reader& reader, Node const& map) const
    {
        record::Typed typed;
        for (auto const& [field, node] : map.entries) {
            if (node.kind == Node::Kind::Scalar)
                typed[field] = { TRY(value(reader, node.text)) };
            for (auto const& item : node.items)
                typed[field].push_back(TRY(value(reader, item.text)));
        }
        return typed;
    }

    Result<void> add_row(SubjectId id, std::string const& list, Node const& line, std::string const& by, time::Instant at)
    {
        return m_database.write([&](storage::Transaction& transaction) -> Result<void> {
            return record::add_child(transaction, TRY(act(transaction, by, at)), m_desk, id, list, TRY(values(transaction, line)));
        });
    }

    Result<void> do_step(SubjectId id, Node const& step, Node const& node)
    {
        auto at = moment(step.has("on") ? step : node);
        if (!at)
            return {};
        return m_database.write([&](storage::Transaction& transaction) -> Result<void> {
            auto version = transaction.first(version_of_record, id)->integer(0);
            auto const typed = TRY(values(transaction, step["values"]));
            return record::do_step(transaction, TRY(act(transaction, step.has("by") ? step["by"].text : node["by"].text, *at)), m_desk,
                { id, version, step["step"].text, typed, step["reason"].text });
        });
    }

    storage::Database& m_database;
    record::Desk m_desk;
    time::Instant m_now;
    time::Date m_first_day;
    Node const& m_usual;                            ///< values of each register that hold where a record does not say otherwise
    std::map<std::string, std::int64_t> m_keys;     ///< 0 = not made
};

}

Result<int> load_demo_records(storage::Database& database, record::Desk const& desk, time::Instant now)
{
    auto root = TRY(definition::parse(file, embedded_file(file)));
    RecordMaker maker { database, desk, now, root };
    int made = 0;
    for (auto const& node : root["records"].items) {
        auto done = maker.make(node);
        if (!done)
            return broken("demo record on line " + std::to_string(node.line) + ": " + done.error().message_key + " " + done.error().detail
                + (done.error().fields.empty() ? "" : " " + done.error().fields.front().field + " " + done.error().fields.front().message_key));
        made += *done ? 1 : 0;
    }
    return made;
}

}

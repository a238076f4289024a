#include "command/demo_records.hpp"
#include "core/embedded.hpp"
#include "definition/node.hpp"
#include "journal/journal.hpp"
#include "record/record_actions.hpp"
#include <map>

namespace kpuhub::command {

using definition::Node;
using storage::Query;

namespace {

constexpr auto file = "definitions/samples/demo_records.yaml";
constexpr Query person_of_user { "command.demo_person", "SELECT person_id FROM account WHERE user_name = $1" };
constexpr Query version_of_record { "command.demo_record_version", "SELECT version FROM subject WHERE id = $1" };

/// Makes one record after the other; what one is called ("@pkpu22", "@user:staf1") others may name in their values.
class RecordMaker {
public:
    RecordMaker(storage::Database& database, record::Desk desk, time::Instant now) : m_database(database), m_desk(desk), m_now(now) {}

    Result<bool> make(Node const& node)
    {
        auto at = moment(node);
        if (!at)
            return false;
        auto id = TRY(m_database.write([&](storage::Transaction& transaction) -> Result<SubjectId> {
            auto const typed = TRY(values(transaction, node["values"]));
            record::NewRecord wanted { node["unit"].text, node["register"].text, typed };
            return record::create(transaction, TRY(act(transaction, node["by"].text, *at)), m_desk, wanted);
        }));
        if (node.has("key"))
            m_keys[node["key"].text] = id.value;
        for (auto const& [list, lines] : node["rows"].entries)
            for (auto const& line : lines.items)
                TRY_VOID(add_row(id, list, line, node["by"].text, *at));
        for (auto const& step : node["steps"].items)
            TRY_VOID(do_step(id, step, node));
        return true;
    }

private:
    /// Nine o'clock of the day "on"; nothing when that has not come yet.
    [[nodiscard]] std::optional<time::Instant> moment(Node const& node) const
    {
        auto date = time::Date::from_iso(node["on"].text);
        if (!date)
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

    Result<std::string> value(storage::Reader& reader, std::string const& text) const
    {
        constexpr std::string_view user = "@user:";
        if (text.starts_with(user))
            return std::to_string(TRY(person(reader, text.substr(user.size()))).value);
        if (!text.starts_with('@'))
            return text;
        auto found = m_keys.find(text.substr(1));
        return found == m_keys.end() ? Result<std::string> { broken("demo records: no key " + text) } : std::to_string(found->second);
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
    std::map<std::string, std::int64_t> m_keys;
};

}

Result<int> load_demo_records(storage::Database& database, definition::Shelf& shelf, record::Listeners const& listeners, time::Instant now)
{
    auto root = TRY(definition::parse(file, embedded_file(file)));
    RecordMaker maker { database, { shelf, listeners }, now };
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

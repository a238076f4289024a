#include "core/embedded.hpp"
#include "definition/register_reader.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::definition {

namespace {

// Reserved words of PostgreSQL 15 and SQLite 3.40 that are identifiers otherwise; sorted.
constexpr std::array keywords = std::to_array<std::string_view>({ "abort", "action", "add", "after", "all", "alter", "always", "analyse", "analyze",
    "and", "any", "array", "as", "asc", "asymmetric", "attach", "authorization", "autoincrement", "before", "begin", "between", "binary", "both", "by",
    "cascade", "case", "cast", "check", "collate", "collation", "column", "commit", "concurrently", "conflict", "constraint", "create", "cross",
    "current", "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "database",
    "default", "deferrable", "deferred", "delete", "desc", "detach", "distinct", "do", "drop", "each", "else", "end", "escape", "except", "exclude",
    "exclusive", "exists", "explain", "fail", "false", "fetch", "filter", "first", "following", "for", "foreign", "freeze", "from", "full",
    "generated", "glob", "grant", "group", "groups", "having", "if", "ignore", "ilike", "immediate", "in", "index", "indexed", "initially", "inner",
    "insert", "instead", "intersect", "into", "is", "isnull", "join", "key", "last", "lateral", "leading", "left", "like", "limit", "localtime",
    "localtimestamp", "match", "materialized", "natural", "no", "not", "nothing", "notnull", "null", "nulls", "of", "offset", "on", "only", "or",
    "order", "others", "outer", "over", "overlaps", "partition", "placing", "plan", "pragma", "preceding", "primary", "query", "raise", "range",
    "recursive", "references", "regexp", "reindex", "release", "rename", "replace", "restrict", "returning", "right", "rollback", "row", "rows",
    "savepoint", "select", "session_user", "set", "similar", "some", "symmetric", "system_user", "table", "tablesample", "temp", "temporary", "then",
    "ties", "to", "trailing", "transaction", "trigger", "true", "unbounded", "union", "unique", "update", "user", "using", "vacuum", "values",
    "variadic", "verbose", "view", "virtual", "when", "where", "window", "with", "without" });


template<typename List>
auto const* by_id(List const& list, std::string_view id)
{
    auto found = std::ranges::find(list, id, [](auto const& each) -> std::string_view { return each.id; });
    return found == list.end() ? nullptr : &*found;
}

}

std::string_view to_text(FieldKind kind) { return kind_names.at(static_cast<std::size_t>(kind)); }
std::string_view to_text(DataClass data_class) { return class_names.at(static_cast<std::size_t>(data_class)); }

bool is_name(std::string_view name)
{
    constexpr std::size_t longest = 41;
    if (name.empty() || name.size() > longest || name.front() < 'a' || name.front() > 'z' || name.find("__") != std::string_view::npos)
        return false;
    auto fits = [](char sign) { return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '_'; };
    return std::ranges::all_of(name, fits) && !std::ranges::binary_search(keywords, name);
}

FieldOption const* Field::option(std::string_view value) const
{
    auto found = std::ranges::find(options, value, [](auto const& each) -> std::string_view { return each.value; });
    return found == options.end() ? nullptr : &*found;
}

Field const* Register::field(std::string_view id) const { return by_id(fields, id); }
State const* Register::state(std::string_view id) const { return by_id(states, id); }
Step const* Register::step(std::string_view id) const { return by_id(steps, id); }
RegisterClock const* Register::clock(std::string_view id) const { return by_id(clocks, id); }

bool Register::may_be_late() const
{
    return std::ranges::any_of(clocks, [](auto const& clock) { return clock.owed_by == Owes::Office; });
}

Table const* Register::table_named(std::string_view id) const { return by_id(tables, id); }

Field const* Register::link_list() const
{
    auto found = std::ranges::find_if(fields, [](Field const& each) { return each.links.has_value() && !each.retired; });
    return found == fields.end() ? nullptr : &*found;
}

bool Register::knows_superior() const
{
    auto lists = [](std::vector<std::string> const& roles) { return std::ranges::find(roles, superior) != roles.end(); };
    return lists(access.read) || std::ranges::any_of(steps, [&](Step const& each) { return lists(each.by); });
}

Band const* Table::band(std::int64_t value) const
{
    auto found = std::ranges::find_if(bands, [&](Band const& each) { return value <= each.up_to; });
    return found == bands.end() ? nullptr : &*found;
}

bool Register::personal(Field const& field) const
{
    return field.personal || data_class == DataClass::Personal || data_class == DataClass::Specific;
}

std::set<std::string, std::less<>> known_roles()
{
    std::set<std::string, std::less<>> roles;
    constexpr auto file = "definitions/access/roles.yaml";
    if (auto root = parse(file, embedded_file(file)))
        for (auto const& [role, words] : (*root)["roles"].entries)
            roles.insert(role);
    return roles;
}

}

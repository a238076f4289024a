#include "definition/feed_file.hpp"
#include "core/embedded.hpp"
#include <algorithm>
#include <array>
#include <stdexcept>

namespace kpuhub::definition {

namespace {

constexpr std::array<std::string_view, 5> ways { "plain", "year", "file_name", "file_address", "capitals" };
constexpr std::array<std::string_view, 4> own_values { "id", "page", "status", "changed_at" };

FeedField feed_field(Node const& node, Faults& faults)
{
    faults.only_keys(node, { "name", "from", "as", "text" });
    FeedField field { faults.required_text(node, "name"), faults.optional_text(node, "from"), FeedField::As::Plain, faults.optional_text(node, "text") };
    if (field.from.empty() == field.text.empty())
        faults.add(node.line, "definition.text_missing", "from");
    if (node.has("as")) {
        auto way = std::ranges::find(ways, node["as"].text);
        if (way == ways.end())
            faults.add(node["as"].line, "definition.choice_unknown", "as");
        else
            field.as = static_cast<FeedField::As>(way - ways.begin());
    }
    return field;
}

FeedStatus feed_status(Node const& node, Faults& faults)
{
    faults.only_keys(node, { "words", "states", "links" });
    return { { faults.required_text(node["words"], "id"), faults.required_text(node["words"], "en") }, faults.optional_texts(node, "states"),
        faults.optional_texts(node, "links") };
}

}

Result<Feed> load_feed(std::string_view file, std::string_view text)
{
    auto root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "source", "title", "register", "unknown", "fields", "status", "order_by", "listed" });
    auto heading = read_heading(root, faults);
    Feed feed { heading.id, faults.required_text(root, "register"), faults.required_text(root, "unknown"), faults.required_text(root, "order_by"), {}, {},
        faults.optional_texts(root, "listed") };
    for (auto const& node : faults.required_list(root, "fields"))
        feed.fields.push_back(feed_field(node, faults));
    for (auto const& node : faults.required_list(root, "status"))
        feed.statuses.push_back(feed_status(node, faults));
    if (feed.statuses.empty() || !feed.statuses.back().states.empty() || !feed.statuses.back().links.empty())
        faults.add(root["status"].line, "definition.list_missing", "status");
    if (!faults.none())
        return faults.failure();
    return feed;
}

std::vector<std::string> missing_in(Register const& made, Feed const& feed)
{
    std::vector<std::string> missing;
    auto wants = [&](bool there, std::string const& name) {
        if (!there)
            missing.push_back(name);
    };
    for (auto const& field : feed.fields)
        wants(field.from.empty() || made.field(field.from) || std::ranges::find(own_values, field.from) != own_values.end(), field.from);
    for (auto const& id : feed.listed)
        wants(made.field(id) != nullptr, id);
    wants(made.field(feed.order_by) != nullptr, feed.order_by);
    auto const* list = made.link_list();
    auto by = list ? std::ranges::find(list->children, list->links->by, &Field::id) : std::vector<Field>::const_iterator {};
    for (auto const& status : feed.statuses) {
        for (auto const& state : status.states)
            wants(made.state(state) != nullptr, state);
        for (auto const& kind : status.links)
            wants(list && by->option(kind), kind);
    }
    return missing;
}

Feed const& jdihn_feed()
{
    static Feed const feed = [] {
        constexpr auto file = "definitions/feeds/jdihn.yaml";
        auto read = load_feed(file, embedded_file(file));
        if (!read)
            throw std::logic_error(std::string { file } + ": " + (read.error().fields.empty() ? read.error().message_key : read.error().fields.front().field));
        return *read;
    }();
    return feed;
}

}

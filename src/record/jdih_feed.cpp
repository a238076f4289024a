#include "record/public_records.hpp"
#include "record/value.hpp"
#include "text/escape.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace kpuhub::record {

using definition::Feed;
using definition::FeedField;

Feed const* feed_over(definition::Register const& made)
{
    auto const& feed = definition::jdihn_feed();
    return feed.register_id == made.id ? &feed : nullptr;
}

definition::Words const& feed_status(Feed const& feed, Record const& record, std::vector<RecordLink> const& links)
{
    for (auto const& status : feed.statuses) {
        bool any = status.states.empty() && status.links.empty();
        bool by_state = std::ranges::find(status.states, record.state) != status.states.end();
        bool by_link = std::ranges::any_of(links, [&](RecordLink const& link) { return std::ranges::find(status.links, link.kind) != status.links.end(); });
        if (any || by_state || by_link)
            return status.words;
    }
    return feed.statuses.back().words;
}

namespace {

/// ASCII letters only: the rest of Indonesian has no others.
std::string capitals(std::string text)
{
    for (auto& sign : text)
        if (sign >= 'a' && sign <= 'z')
            sign = static_cast<char>(sign - 'a' + 'A');
    return text;
}

/// "2026-02-04 08:00:00" in the zone of the office.
std::string moment_text(time::Instant at, time::Zone zone)
{
    auto date = time::date_at(at, zone);
    auto seconds = (at.milliseconds - time::start_of_day(date, zone).milliseconds) / 1000;
    return fmt::format("{} {:02}:{:02}:{:02}", date.iso(), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

class FeedWriter {
public:
    FeedWriter(Feed const& feed, Place const& place, PublicParts const& parts, std::string const& base) : m_feed(feed), m_place(place), m_parts(parts), m_base(base) {}

    void add(std::string& out, Record const& record) const
    {
        out += out.empty() ? "{" : ",{";
        bool first = true;
        for (auto const& field : m_feed.fields) {
            out += first ? "" : ",";
            first = false;
            text::escape_json(out, field.name);
            out += ':';
            auto value = field.text.empty() ? value_of_record(field, record) : field.text;
            text::escape_json(out, value.empty() ? m_feed.unknown : value);
        }
        out += '}';
    }

private:
    [[nodiscard]] std::string value_of_record(FeedField const& field, Record const& record) const
    {
        if (field.from == "id")
            return std::to_string(record.id.value);
        if (field.from == "page")
            return m_base + public_address(m_place.unit.code, *m_place.made, record.id);
        if (field.from == "status") {
            auto links = m_parts.links.find(record.id.value);
            return feed_status(m_feed, record, links == m_parts.links.end() ? std::vector<RecordLink> {} : links->second).id;
        }
        if (field.from == "changed_at") {
            auto changed = m_parts.changed.find(record.id.value);
            return moment_text(changed == m_parts.changed.end() ? record.created_at : changed->second, m_place.unit.zone);
        }
        if (field.as == FeedField::As::FileName || field.as == FeedField::As::FileAddress)
            return file(field, record);
        auto const* of = m_place.made->field(field.from);
        if (!of)
            return {};
        auto text = cell_of(*of, record.content.value(of->id), m_place.unit.zone, {});
        if (field.as == FeedField::As::Year)
            return text.substr(0, 4);
        return field.as == FeedField::As::Capitals ? capitals(text) : text;
    }

    [[nodiscard]] std::string file(FeedField const& field, Record const& record) const
    {
        auto of_record = m_parts.files.find(record.id.value);
        if (of_record == m_parts.files.end() || !of_record->second.contains(field.from))
            return {};
        auto const& found = of_record->second.at(field.from);
        return field.as == FeedField::As::FileName ? found.name
                                                   : m_base + public_address(m_place.unit.code, *m_place.made, record.id) + "/files/" + std::to_string(found.id);
    }

    Feed const& m_feed;
    Place const& m_place;
    PublicParts const& m_parts;
    std::string const& m_base;
};

}

std::string feed_objects(Feed const& feed, Place const& place, std::vector<Record> const& records, PublicParts const& parts, std::string const& base)
{
    FeedWriter writer { feed, place, parts, base };
    std::string out;
    for (auto const& record : records)
        writer.add(out, record);
    return out;
}

}

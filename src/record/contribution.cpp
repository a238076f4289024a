#include "record/contribution.hpp"
#include "indicator/period.hpp"
#include <algorithm>

namespace kpuhub::record {

using definition::Field;
using definition::FieldKind;
using definition::Indicator;
using definition::IndicatorPart;
using definition::PartKind;
using definition::Requirement;
using indicator::Contributed;

namespace {

/// One record with all that it is counted by.
class Counting {
public:
    Counting(Indicator const& made, definition::Register const& counted, Record const& record, Facts const& facts)
        : m_made(made), m_register(counted), m_record(record), m_facts(facts)
    {
    }

    void add(IndicatorPart const& part, std::string_view name, std::vector<Contributed>& all) const
    {
        if (!part.of_records() || part.of != m_register.id || !fulfils(part.where, m_register, m_record, m_facts))
            return;
        auto const day = day_of(part.on);
        auto const amount = amount_of(part);
        if (!day || !amount)
            return;
        Contributed made { m_record.id, m_made.id, std::string { name }, indicator::period_of(*day, m_made.period), m_record.unit, {}, *amount };
        if (part.kind == PartKind::Histogram) {
            made.part = indicator::bucket_part(name, bucket_of(part, *amount));
            made.amount = 1;
        }
        if (!part.distinct_by.empty()) {
            made.key = key_of(part);
            made.amount = 1;
        }
        if (made.amount != 0)
            all.push_back(std::move(made));
    }

private:
    /// The instant at which a state was first reached, or that a field names; a day begins in the zone of the office.
    std::optional<time::Instant> instant_of(std::string const& what) const
    {
        if (what == "created")
            return m_record.created_at;
        if (what.starts_with("state:")) {
            auto reached = m_facts.reached.find(what.substr(6));
            return reached == m_facts.reached.end() ? std::nullopt : std::optional { reached->second };
        }
        auto const& value = m_record.content.value(what);
        if (auto const* at = std::get_if<std::int64_t>(&value))
            return time::Instant { *at };
        auto const* text = std::get_if<std::string>(&value);
        if (!text)
            return std::nullopt;
        if (auto day = time::Date::from_iso(*text))
            return time::start_of_day(*day, m_facts.zone);
        auto const kind = indicator::kind_of_period(*text);
        // a year that was noted says nothing of its months
        if (!kind || *kind > m_made.period)
            return std::nullopt;
        return time::start_of_day(indicator::first_day(*text), m_facts.zone);
    }

    std::optional<time::Date> day_of(std::string const& what) const
    {
        auto const at = instant_of(what);
        return at ? std::optional { time::date_at(*at, m_facts.zone) } : std::nullopt;
    }

    std::optional<std::int64_t> amount_of(IndicatorPart const& part) const
    {
        if (!part.time_to.empty())
            return time_between(part);
        if (part.field.empty())
            return 1;
        if (part.kind == PartKind::Count) {
            auto rows = m_facts.children.find(part.field);
            return rows == m_facts.children.end() ? std::nullopt : std::optional { rows->second };
        }
        auto const* number = std::get_if<std::int64_t>(&m_record.content.value(part.field));
        return number ? std::optional { *number } : std::nullopt;
    }

    /// From the beginning to the state, in whole units that have begun; days are days of the calendar.
    std::optional<std::int64_t> time_between(IndicatorPart const& part) const
    {
        constexpr std::int64_t minute = 60'000, hour = 60 * minute;
        auto const from = instant_of(part.time_from);
        std::optional<time::Instant> to;
        for (auto const& state : part.time_to)
            if (auto const reached = instant_of("state:" + state); reached && (!to || *reached < *to))
                to = reached;
        if (!from || !to)
            return std::nullopt;
        if (part.time_in == definition::TimeUnit::Days)
            return time::days_between(time::date_at(*from, m_facts.zone), time::date_at(*to, m_facts.zone));
        auto const one = part.time_in == definition::TimeUnit::Minutes ? minute : hour;
        auto const passed = std::max<std::int64_t>(to->milliseconds - from->milliseconds, 0);
        return (passed + one - 1) / one;
    }

    /// Edges are whole numbers of what people read; a decimal is stored scaled.
    std::size_t bucket_of(IndicatorPart const& part, std::int64_t amount) const
    {
        std::int64_t scale = 1;
        for (int at = 0; at < m_made.decimals; ++at)
            scale *= 10;
        return static_cast<std::size_t>(std::ranges::lower_bound(part.edges, amount, {}, [&](std::int64_t edge) { return edge * scale; }) - part.edges.begin());
    }

    std::string key_of(IndicatorPart const& part) const
    {
        std::string key;
        for (auto const& id : part.distinct_by) {
            auto const& value = m_record.content.value(id);
            if (auto const* number = std::get_if<std::int64_t>(&value))
                key += std::to_string(*number);
            else if (auto const* text = std::get_if<std::string>(&value))
                key += *text;
            key += '|';
        }
        return key;
    }

    Indicator const& m_made;
    definition::Register const& m_register;
    Record const& m_record;
    Facts const& m_facts;
};

bool lists(std::vector<std::string> const& list, std::string_view value) { return std::ranges::find(list, value) != list.end(); }

bool field_fulfils(Requirement const& wanted, Field const& field, Content const& content)
{
    if (field.kind == FieldKind::ManyChoice) {
        auto chosen = content.choices.find(field.id);
        return chosen != content.choices.end() && std::ranges::any_of(chosen->second, [&](auto const& each) { return lists(wanted.values, each); });
    }
    auto const& value = content.value(field.id);
    if (field.kind == FieldKind::Choice) {
        auto const* text = std::get_if<std::string>(&value);
        return text && lists(wanted.values, *text);
    }
    if (field.kind == FieldKind::YesNo) {
        auto const* number = std::get_if<std::int64_t>(&value);
        return number && lists(wanted.values, *number != 0 ? "yes" : "no");
    }
    return lists(wanted.values, content.filled(field) ? "filled" : "empty");
}

}

bool fulfils(std::vector<Requirement> const& where, definition::Register const& counted, Record const& record, Facts const& facts)
{
    return std::ranges::all_of(where, [&](Requirement const& wanted) {
        if (wanted.of == Requirement::Of::State)
            return lists(wanted.values, record.state);
        if (wanted.of == Requirement::Of::Clock) {
            auto clock = facts.clocks.find(wanted.name);
            return clock != facts.clocks.end() && lists(wanted.values, clock->second);
        }
        auto const* field = counted.field(wanted.name);
        // a record of an older version lacks the field: it is empty there
        return field ? field_fulfils(wanted, *field, record.content) : lists(wanted.values, "empty");
    });
}

std::vector<Contributed> contributions(Indicator const& made, definition::Register const& counted, Record const& record, Facts const& facts)
{
    std::vector<Contributed> all;
    if (record.is_draft())
        return all;
    Counting const counting { made, counted, record, facts };
    counting.add(made.numerator, indicator::numerator_part, all);
    if (made.denominator)
        counting.add(*made.denominator, indicator::denominator_part, all);
    return all;
}

bool counts(Indicator const& made, std::string_view register_id)
{
    auto of_it = [&](IndicatorPart const& part) { return part.of_records() && part.of == register_id; };
    return of_it(made.numerator) || (made.denominator && of_it(*made.denominator));
}

}

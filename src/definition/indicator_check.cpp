#include "definition/duty_file.hpp"
#include "definition/indicator.hpp"
#include <algorithm>
#include <array>
#include <map>

namespace kpuhub::definition {

namespace {

constexpr std::array<std::string_view, 4> clock_words { clock_running, clock_overdue, clock_kept, clock_missed };
constexpr std::array<std::string_view, 9> plan_parts { "all", "due", "verified", "submitted", "returned", "under_way", "late", "no_proof", "apart" };
constexpr std::string_view filled = "filled", empty = "empty";

bool lists(auto const& list, std::string_view name) { return std::ranges::find(list, name) != list.end(); }

/// Compares one part with the register that it counts.
class PartCheck {
public:
    PartCheck(IndicatorPart const& part, Register const& counted, Faults& faults) : m_part(part), m_register(counted), m_faults(faults) {}

    void all()
    {
        for (auto const& each : m_part.where)
            requirement(each);
        amount();
        dated_by(m_part.on);
        for (auto const& id : m_part.distinct_by) {
            auto const* field = open_field(id);
            if (field && (field->kind == FieldKind::Children || field->kind == FieldKind::ManyChoice || field->kind == FieldKind::Document))
                unknown(id);
        }
    }

private:
    void unknown(std::string const& name) { m_faults.add(m_part.line, "definition.name_unknown", m_register.id + "." + name); }

    /// A figure is shown to all who read the plans: what only some may see cannot be counted by it.
    Field const* open_field(std::string const& id)
    {
        auto const* field = m_register.field(id);
        if (!field)
            unknown(id);
        else if (!field->seen_by.empty() || field->kind == FieldKind::Sealed) {
            m_faults.add(m_part.line, "indicator.field_hidden", id);
            return nullptr;
        }
        return field;
    }

    void state(std::string const& id)
    {
        if (!m_register.state(id))
            unknown(id);
    }

    void requirement(Requirement const& each)
    {
        if (each.of == Requirement::Of::State) {
            for (auto const& id : each.values)
                state(id);
            return;
        }
        if (each.of == Requirement::Of::Clock) {
            if (std::ranges::find(m_register.clocks, each.name, &RegisterClock::id) == m_register.clocks.end())
                unknown(each.name);
            return values(each, [](auto const& value) { return lists(clock_words, value); });
        }
        if (auto const* field = open_field(each.name))
            values(each, [&](auto const& value) { return fits(*field, value); });
    }

    void values(Requirement const& each, auto const& known)
    {
        for (auto const& value : each.values)
            if (!known(value))
                unknown(each.name + ": " + value);
    }

    static bool fits(Field const& field, std::string const& value)
    {
        if (field.kind == FieldKind::Choice || field.kind == FieldKind::ManyChoice)
            return field.option(value) != nullptr;
        if (field.kind == FieldKind::YesNo)
            return value == "yes" || value == "no";
        return field.kind != FieldKind::Children && (value == filled || value == empty);
    }

    void amount()
    {
        if (!m_part.time_to.empty()) {
            for (auto const& id : m_part.time_to)
                state(id);
            dated_by(m_part.time_from);
        }
        if (m_part.field.empty()) {
            if (m_part.kind == PartKind::Sum)
                m_faults.add(m_part.line, "indicator.sum_of_what");
            return;
        }
        auto const* field = open_field(m_part.field);
        bool number = field && (field->kind == FieldKind::Integer || field->kind == FieldKind::Money || field->kind == FieldKind::Decimal);
        if (field && !(m_part.kind == PartKind::Count ? field->kind == FieldKind::Children : number))
            unknown(m_part.field);
    }

    void dated_by(std::string const& what)
    {
        if (what == "created")
            return;
        if (what.starts_with("state:"))
            return state(what.substr(6));
        auto const* field = open_field(what);
        if (field && field->kind != FieldKind::Date && field->kind != FieldKind::Instant && field->kind != FieldKind::Period)
            unknown(what);
    }

    IndicatorPart const& m_part;
    Register const& m_register;
    Faults& m_faults;
};

/// What a key of a stock may be. A value that nobody has would count nobody, in silence.
bool is_stock_value(std::string_view key, std::string const& value)
{
    static std::map<std::string_view, std::vector<std::string_view>> const known { { "level", { "national", "province", "regency" } },
        { "capacity", { "definitive", "plt", "plh", "delegate" } }, { "post", { post_kinds.begin(), post_kinds.end() } },
        { "employment", { employments.begin(), employments.end() } } };
    return key == "duty" ? duty_named(value) != nullptr : lists(known.at(key), value);
}

void check_stock(Requirement const& each, StockName const& stock, IndicatorPart const& part, Faults& faults)
{
    if (each.of != Requirement::Of::Field || !lists(stock.keys, each.name))
        return faults.add(part.line, "definition.name_unknown", part.of + "." + each.name);
    for (auto const& value : each.values)
        if (!is_stock_value(each.name, value))
            faults.add(part.line, "definition.name_unknown", each.name + ": " + value);
}

void check_part(IndicatorPart const& part, FindRegister const& registers, Faults& faults)
{
    if (part.kind == PartKind::Plan) {
        if (!is_plan_part(part.of))
            faults.add(part.line, "definition.name_unknown", part.of);
        return;
    }
    if (part.kind == PartKind::Stock) {
        auto const& names = stock_names();
        auto stock = std::ranges::find(names, part.of, &StockName::name);
        if (stock == names.end())
            return faults.add(part.line, "definition.name_unknown", part.of);
        for (auto const& each : part.where)
            check_stock(each, *stock, part, faults);
        return;
    }
    if (auto const* counted = registers(part.of))
        PartCheck { part, *counted, faults }.all();
    else
        faults.add(part.line, "definition.name_unknown", part.of);
}

}

std::vector<StockName> const& stock_names()
{
    static std::vector<StockName> const names {
        { "unit", { "level" } },
        { "appointment", { "capacity", "post", "employment", "duty" } },
    };
    return names;
}

Register const* Indicator::counted_register(std::string_view wanted) const
{
    auto found = std::ranges::find_if(counted, [&](auto const& each) { return each->id == wanted; });
    return found == counted.end() ? nullptr : found->get();
}

bool is_plan_part(std::string_view name) { return lists(plan_parts, name); }

void check_indicator(Indicator const& made, FindRegister const& registers, Faults& faults)
{
    check_part(made.numerator, registers, faults);
    if (made.denominator)
        check_part(*made.denominator, registers, faults);
    if (made.weight)
        check_part(*made.weight, registers, faults);
}

}

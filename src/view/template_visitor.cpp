#include "view/template_visitor.hpp"
#include <algorithm>

namespace kpuhub::view {

using Kind = Value::Kind;

TemplateVisitor::TemplateVisitor(ValueStore& store, AskedOf asked, bool shape)
    : m_store(store)
    , m_asked(asked)
    , m_shape(shape)
{
    constexpr std::size_t most_pages = 256;     // the parts that are open at the same time
    m_names.reserve(most_pages);
    m_values.reserve(most_pages);
    m_open.push_back({ {}, 0 });
}

static Value valued(time::Date date) { return Value::number(Kind::Date, date.days.time_since_epoch().count()); }
static Value valued(Moment const& moment) { return Value::number(Kind::Moment, moment.at.milliseconds, static_cast<int>(moment.zone)); }
static Value valued(Ratio const& share) { return Value::number(Kind::Ratio, share.numerator, share.denominator); }
static Value valued(ValueStore& store, Choice const& choice)
{
    auto const code = Value::text(Kind::Text, store.keep(choice.code));
    return Value::message(Kind::Choice, store.keep(choice.message_key), store.keep({ &code, 1 }));
}

static Value valued(ValueStore& store, Argument const& argument)
{
    struct {
        ValueStore& store;
        Value operator()(std::string const& text) const { return Value::text(Kind::Text, store.keep(text)); }
        Value operator()(std::int64_t number) const { return Value::number(Kind::Number, number); }
        Value operator()(time::Date date) const { return valued(date); }
        Value operator()(Moment const& moment) const { return valued(moment); }
        Value operator()(Ratio const& share) const { return valued(share); }
        Value operator()(Money const& money) const { return Value::number(Kind::Money, money.rupiah); }
        Value operator()(Year year) const { return Value::number(Kind::Year, year.number); }
        Value operator()(Choice const& choice) const { return valued(store, choice); }
    } const made { store };
    return std::visit(made, argument);
}

TemplateVisitor::Place::Part& TemplateVisitor::other_part(Open& open, std::string_view name)
{
    auto& parts = open.place->parts;
    auto found = std::find_if(parts.begin(), parts.end(), [name](Place::Part const& part) { return part.name.data() == name.data(); });
    if (found == parts.end()) {
        bool const asked = std::ranges::any_of(open.place->asked, [name](auto const* names) { return names && names->contains(name); });
        found = parts.insert(parts.end(), { name, asked });
        open.place->names = nullptr;
    }
    open.as_expected = false;
    open.next = static_cast<std::size_t>(found - parts.begin()) + 1;
    return *found;
}

std::unique_ptr<TemplateVisitor::Place> TemplateVisitor::place_inside(std::string_view name) const
{
    return std::make_unique<Place>(Place { { m_asked[0]->find(name), m_asked[1]->find(name) } });
}

/// An object, or a list of so many items.
void TemplateVisitor::open(std::string_view name, std::size_t count)
{
    constexpr std::size_t long_list = 8;        // shorter ones cost less to make than to look up
    Open made { name, m_values.size() };
    if (m_open.back().place) {
        auto& here = part(m_open.back(), name);
        if (!here.inside)
            here.inside = place_inside(name);
        made.place = here.inside.get();
        made.kept = here.asked;
    } else if (!m_shape && count >= long_list) {
        made.place = m_places.emplace_back(place_inside(name)).get();
    }
    m_open.push_back(made);
}

/// The names of the parts since it was opened. Those of a place are known once its objects were described alike.
std::string_view const* TemplateVisitor::names_of(Open const& closed)
{
    bool const all = closed.place && closed.as_expected && closed.next == closed.place->parts.size();
    if (all && closed.place->names)
        return closed.place->names;
    auto const* names = m_store.keep_names(std::span { m_names }.subspan(closed.first));
    if (all)
        closed.place->names = names;
    return names;
}

void TemplateVisitor::close(Kind kind)
{
    auto const closed = m_open.back();
    m_open.pop_back();
    Value made;
    if (closed.kept) {
        auto const items = m_store.keep(std::span { m_values }.subspan(closed.first));
        made = kind == Kind::List ? Value::list(items) : Value::object(names_of(closed), items);
    }
    m_values.resize(closed.first);
    m_names.resize(closed.first);
    if (closed.kept)
        add(closed.name, made);
}

Value TemplateVisitor::value()
{
    close(Kind::Object);
    return m_values.front();
}

void TemplateVisitor::add(std::string_view name, Value value)
{
    m_names.push_back(name);
    m_values.push_back(value);
}

void TemplateVisitor::put(std::string_view name, Value value)
{
    if (asked(name))
        add(name, value);
}

void TemplateVisitor::put_text(std::string_view name, Kind kind, std::string_view text)
{
    if (asked(name))
        add(name, Value::text(kind, m_store.keep(text)));
}

void TemplateVisitor::field(std::string_view name, std::string_view text) { put_text(name, Kind::Text, text); }
void TemplateVisitor::field(std::string_view name, std::int64_t number) { put(name, Value::number(Kind::Number, number)); }
void TemplateVisitor::field(std::string_view name, bool flag) { put(name, Value::number(Kind::Boolean, flag ? 1 : 0)); }
void TemplateVisitor::field(std::string_view name, time::Date date) { put(name, valued(date)); }
void TemplateVisitor::field(std::string_view name, Moment const& moment) { put(name, valued(moment)); }
void TemplateVisitor::field(std::string_view name, Ratio const& share) { put(name, valued(share)); }
void TemplateVisitor::field(std::string_view name, Money const& money) { put(name, Value::number(Kind::Money, money.rupiah)); }
void TemplateVisitor::field(std::string_view name, Year year) { put(name, Value::number(Kind::Year, year.number)); }
void TemplateVisitor::field(std::string_view name, Link const& link) { put_text(name, Kind::Link, link.address); }
void TemplateVisitor::field(std::string_view name, Choice const& choice) { put(name, valued(m_store, choice)); }
void TemplateVisitor::field(std::string_view name, Plain plain) { put_text(name, Kind::Plain, plain.text); }
void TemplateVisitor::field(std::string_view name, SafeHtml const& html) { put_text(name, Kind::Markup, html.markup); }
void TemplateVisitor::nothing(std::string_view name) { put(name, {}); }

void TemplateVisitor::field(std::string_view name, Sentence const& sentence)
{
    auto const& arguments = sentence.arguments;
    auto const* only = sentence.message_key.empty() && arguments.size() == 1 ? std::get_if<std::string>(&arguments.front()) : nullptr;
    if (only)
        return field(name, Plain { *only });
    if (!asked(name))
        return;
    auto const first = m_values.size();
    for (auto const& argument : arguments)
        m_values.emplace_back(valued(m_store, argument));
    auto const kept = m_store.keep(std::span<Value const> { m_values }.subspan(first));
    m_values.resize(first);
    add(name, Value::message(Kind::Sentence, m_store.keep(sentence.message_key), kept));
}

void TemplateVisitor::begin_object(std::string_view name) { open(name, 1); }
void TemplateVisitor::end_object() { close(Kind::Object); }
void TemplateVisitor::begin_list(std::string_view name, std::size_t count) { open(name, count); }
void TemplateVisitor::begin_item() { m_open.push_back({ {}, m_values.size(), m_open.back().place }); }
void TemplateVisitor::end_item() { close(Kind::Object); }
void TemplateVisitor::text_item(std::string_view text) { add({}, Value::text(Kind::Text, m_store.keep(text))); }
void TemplateVisitor::end_list() { close(Kind::List); }

}

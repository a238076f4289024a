#include "view/template_visitor.hpp"

namespace kpuhub::view {

using Kind = Value::Kind;

TemplateVisitor::TemplateVisitor(ValueStore& store, Mode mode)
    : m_store(store)
    , m_mode(mode)
{
    constexpr std::size_t most_pages = 256;     // the parts that are open at the same time
    m_names.reserve(most_pages);
    m_values.reserve(most_pages);
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

void TemplateVisitor::add(std::string_view name, Value value)
{
    m_names.push_back(name);
    m_values.push_back(value);
}

void TemplateVisitor::close(Kind kind)
{
    auto const [name, first] = m_open.back();
    m_open.pop_back();
    auto const items = m_store.keep(std::span<Value const> { m_values }.subspan(first));
    auto const made = kind == Kind::List ? Value::list(items) : Value::object(m_store.keep_names(std::span<std::string_view const> { m_names }.subspan(first)), items);
    m_values.resize(first);
    m_names.resize(first);
    add(name, made);
}

Value TemplateVisitor::value()
{
    m_open.push_back({ {}, 0 });
    close(Kind::Object);
    auto const made = m_values.front();
    m_values.clear();
    m_names.clear();
    return made;
}

void TemplateVisitor::field(std::string_view name, std::string_view text) { add(name, Value::text(Kind::Text, m_store.keep(text))); }
void TemplateVisitor::field(std::string_view name, std::int64_t number) { add(name, Value::number(Kind::Number, number)); }
void TemplateVisitor::field(std::string_view name, bool flag) { add(name, Value::number(Kind::Boolean, flag ? 1 : 0)); }
void TemplateVisitor::field(std::string_view name, time::Date date) { add(name, valued(date)); }
void TemplateVisitor::field(std::string_view name, Moment const& moment) { add(name, valued(moment)); }
void TemplateVisitor::field(std::string_view name, Ratio const& share) { add(name, valued(share)); }
void TemplateVisitor::field(std::string_view name, Money const& money) { add(name, Value::number(Kind::Money, money.rupiah)); }
void TemplateVisitor::field(std::string_view name, Year year) { add(name, Value::number(Kind::Year, year.number)); }
void TemplateVisitor::field(std::string_view name, Choice const& choice) { add(name, valued(m_store, choice)); }
void TemplateVisitor::field(std::string_view name, Link const& link) { add(name, Value::text(Kind::Link, m_store.keep(link.address))); }
void TemplateVisitor::field(std::string_view name, SafeHtml const& html) { add(name, Value::text(Kind::Markup, m_store.keep(html.markup))); }

void TemplateVisitor::field(std::string_view name, Sentence const& sentence)
{
    auto const& arguments = sentence.arguments;
    auto const* only = sentence.message_key.empty() && arguments.size() == 1 ? std::get_if<std::string>(&arguments.front()) : nullptr;
    if (only)
        return add(name, Value::text(Kind::Plain, m_store.keep(*only)));
    auto const first = m_values.size();
    for (auto const& argument : arguments)
        m_values.push_back(valued(m_store, argument));
    auto const kept = m_store.keep(std::span<Value const> { m_values }.subspan(first));
    m_values.resize(first);
    add(name, Value::message(Kind::Sentence, m_store.keep(sentence.message_key), kept));
}

void TemplateVisitor::nothing(std::string_view name) { add(name, {}); }
void TemplateVisitor::begin_object(std::string_view name) { open(name); }
void TemplateVisitor::end_object() { close(Kind::Object); }
void TemplateVisitor::begin_list(std::string_view name, std::size_t) { open(name); }
void TemplateVisitor::begin_item() { open({}); }
void TemplateVisitor::end_item() { close(Kind::Object); }
void TemplateVisitor::text_item(std::string_view text) { field({}, text); }
void TemplateVisitor::end_list() { close(Kind::List); }

}

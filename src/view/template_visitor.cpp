#include "view/template_visitor.hpp"

namespace kpuhub::view {

using Kind = Value::Kind;

TemplateVisitor::TemplateVisitor(ValueStore& store, Mode mode)
    : m_store(store)
    , m_mode(mode)
{
}

static Value valued(Kind kind, std::int64_t a, std::int64_t b = 0) { return { .kind = kind, .a = a, .b = b }; }
static Value valued(time::Date date) { return valued(Kind::Date, date.days.time_since_epoch().count()); }
static Value valued(Moment const& moment) { return valued(Kind::Moment, moment.at.milliseconds, static_cast<int>(moment.zone)); }
static Value valued(Ratio const& share) { return valued(Kind::Ratio, share.numerator, share.denominator); }
static Value valued(ValueStore& store, Choice const& choice)
{
    return { .kind = Kind::Choice, .text = store.keep(choice.message_key), .code = store.keep(choice.code) };
}

static Value valued(ValueStore& store, Argument const& argument)
{
    struct {
        ValueStore& store;
        Value operator()(std::string const& text) const { return { .kind = Kind::Text, .text = store.keep(text) }; }
        Value operator()(std::int64_t number) const { return valued(Kind::Number, number); }
        Value operator()(time::Date date) const { return valued(date); }
        Value operator()(Moment const& moment) const { return valued(moment); }
        Value operator()(Ratio const& share) const { return valued(share); }
        Value operator()(Money const& money) const { return valued(Kind::Money, money.rupiah); }
        Value operator()(Year year) const { return valued(Kind::Year, year.number); }
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
    Value made { .kind = kind };
    made.items = m_store.keep(std::span<Value const> { m_values }.subspan(first));
    if (kind == Kind::Object)
        made.names = m_store.keep_names(std::span<std::string_view const> { m_names }.subspan(first));
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

void TemplateVisitor::field(std::string_view name, std::string const& text) { add(name, { .kind = Kind::Text, .text = m_store.keep(text) }); }
void TemplateVisitor::field(std::string_view name, std::int64_t number) { add(name, valued(Kind::Number, number)); }
void TemplateVisitor::field(std::string_view name, bool flag) { add(name, valued(Kind::Boolean, flag ? 1 : 0)); }
void TemplateVisitor::field(std::string_view name, time::Date date) { add(name, valued(date)); }
void TemplateVisitor::field(std::string_view name, Moment const& moment) { add(name, valued(moment)); }
void TemplateVisitor::field(std::string_view name, Ratio const& share) { add(name, valued(share)); }
void TemplateVisitor::field(std::string_view name, Money const& money) { add(name, valued(Kind::Money, money.rupiah)); }
void TemplateVisitor::field(std::string_view name, Year year) { add(name, valued(Kind::Year, year.number)); }
void TemplateVisitor::field(std::string_view name, Choice const& choice) { add(name, valued(m_store, choice)); }

void TemplateVisitor::field(std::string_view name, Link const& link)
{
    add(name, { .kind = Kind::Link, .text = m_store.keep(link.address) });
}

void TemplateVisitor::field(std::string_view name, SafeHtml const& html)
{
    add(name, { .kind = Kind::Markup, .text = m_store.keep(html.markup) });
}

void TemplateVisitor::field(std::string_view name, Sentence const& sentence)
{
    auto const first = m_values.size();
    for (auto const& argument : sentence.arguments)
        m_values.push_back(valued(m_store, argument));
    auto const arguments = m_store.keep(std::span<Value const> { m_values }.subspan(first));
    m_values.resize(first);
    add(name, { .kind = Kind::Sentence, .text = m_store.keep(sentence.message_key), .items = arguments });
}

void TemplateVisitor::nothing(std::string_view name) { add(name, {}); }
void TemplateVisitor::begin_object(std::string_view name) { open(name); }
void TemplateVisitor::end_object() { close(Kind::Object); }
void TemplateVisitor::begin_list(std::string_view name, std::size_t) { open(name); }
void TemplateVisitor::begin_item() { open({}); }
void TemplateVisitor::end_item() { close(Kind::Object); }
void TemplateVisitor::text_item(std::string const& text) { field({}, text); }
void TemplateVisitor::end_list() { close(Kind::List); }

}

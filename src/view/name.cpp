#include "view/name.hpp"
#include "text/messages.hpp"
#include "text/number.hpp"
#include "view/words.hpp"
#include <array>
#include <charconv>

namespace kpuhub::view {

using Kind = Value::Kind;

struct Suffix {
    std::string_view text;
    Form form;
};
static constexpr std::array suffixes {
    Suffix { "_n_code", Form::CountCode }, Suffix { "_of_code", Form::TotalCode }, Suffix { "_day_code", Form::DayCode },
    Suffix { "_code", Form::Code }, Suffix { "_n", Form::Count }, Suffix { "_of", Form::Total },
    Suffix { "_short", Form::Short }, Suffix { "_day", Form::Day }, Suffix { "_time", Form::Time },
};

std::string Name::written() const
{
    std::string text;
    for (auto const& part : path)
        text += text.empty() ? part : "." + part;
    return text.empty() ? "." : text;
}

Name name_of(std::string_view written)
{
    Name name;
    if (written == ".")
        return name;
    for (std::size_t from = 0; from <= written.size();) {
        auto const end = std::min(written.find('.', from), written.size());
        name.path.emplace_back(written.substr(from, end - from));
        from = end + 1;
    }
    std::string_view const last = name.path.back();
    name.base = last;
    if (last.starts_with("has_")) {
        name.base = last.substr(4);
        name.form = Form::Has;
        return name;
    }
    for (auto const& [text, form] : suffixes) {
        if (last.size() > text.size() && last.ends_with(text)) {
            name.base = last.substr(0, last.size() - text.size());
            name.form = form;
            break;
        }
    }
    return name;
}

bool has_form(Value const& value, Form form)
{
    if (value.kind() == Kind::Nothing)
        return true;
    bool const date = value.kind() == Kind::Date, moment = value.kind() == Kind::Moment;
    switch (form) {
    case Form::Words:
    case Form::Has: return true;
    case Form::Code: return date || moment || value.kind() == Kind::Number || value.kind() == Kind::Money || value.kind() == Kind::Choice || value.kind() == Kind::Boolean;
    case Form::Count:
    case Form::Total:
    case Form::CountCode:
    case Form::TotalCode: return value.kind() == Kind::Ratio;
    case Form::Short:
    case Form::Day: return date || moment;
    case Form::Time:
    case Form::DayCode: return moment;
    }
    return false;
}

static Named in_part(Value const& object, std::string_view whole, std::string_view base, Form form)
{
    if (auto const* exact = object.part(whole))
        return { exact, Form::Words };
    if (form == Form::Words)
        return {};
    auto const* value = object.part(base);
    return value && has_form(*value, form) ? Named { value, form } : Named {};
}

Named look_up(std::vector<Value const*> const& stack, Name const& name)
{
    if (name.path.empty())
        return { stack.back(), Form::Words };
    bool const single = name.path.size() == 1;
    Named found;
    for (auto each = stack.rbegin(); each != stack.rend() && !found.value; ++each)
        found = single ? in_part(**each, name.path.front(), name.base, name.form) : Named { (*each)->part(name.path.front()) };
    for (std::size_t at = 1; at < name.path.size() && found.value; ++at) {
        bool const last = at + 1 == name.path.size();
        if (found.value->kind() == Kind::Nothing)
            return { found.value, Form::Words };
        found = last ? in_part(*found.value, name.path[at], name.base, name.form) : Named { found.value->part(name.path[at]) };
    }
    return found;
}

bool is_true(Named const& named)
{
    if (!named.value)
        return false;
    if (named.form == Form::Has && named.value->kind() == Kind::Number)
        return named.value->number() != 0;
    return named.value->is_true();
}

static void append_integer(std::string& out, std::int64_t number)
{
    char digits[24];
    auto const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
}

static time::Date date_in(Value const& value) { return { std::chrono::sys_days { std::chrono::days { value.number() } } }; }
static Moment moment_in(Value const& value) { return { { value.number() }, static_cast<time::Zone>(value.second()) }; }

static std::string date_words(time::Date date, Form form, Language language)
{
    switch (form) {
    case Form::Code: return date.iso();
    case Form::Short: return short_date(date, language);
    case Form::Day: return day_and_month(date, language);
    default: return long_date(date, language);
    }
}

static std::string moment_words(Moment const& moment, Form form, Language language)
{
    auto const day = time::date_at(moment.at, moment.zone);
    switch (form) {
    case Form::Code: return moment.at.iso();
    case Form::Time: return clock_time(moment);
    case Form::DayCode: return day.iso();
    case Form::Short: return short_date(day, language) + ", " + clock_time(moment);
    case Form::Day: return long_date(day, language);
    default: return long_moment(moment, language);
    }
}

static void append_sentence(std::string& out, Value const& sentence, text::Messages const& messages, Language language)
{
    auto argument = [&](std::size_t number) {
        if (number < sentence.items().size())
            append_words(out, { &sentence.items()[number] }, messages, language);
    };
    if (sentence.text().empty())
        return argument(0);
    auto const* message = messages.find(sentence.text(), language);
    if (!message)
        return text::escape_html(out, messages.text(sentence.text(), language));
    text::for_each_piece(*message, [&](text::MessagePiece const& piece) {
        text::escape_html(out, piece.plain);
        if (piece.argument >= 0)
            argument(static_cast<std::size_t>(piece.argument));
    });
}

static void append_choice(std::string& out, Value const& choice, Form form, text::Messages const& messages, Language language)
{
    if (form == Form::Code || choice.text().empty())
        return text::escape_html(out, choice.items().front().text());
    auto const* words = messages.find(choice.text(), language);
    text::escape_html(out, words ? *words : messages.text(choice.text(), language));
}

static void append_ratio(std::string& out, Value const& share, Form form, Language language)
{
    switch (form) {
    case Form::Count: out += text::number(share.number(), language); break;
    case Form::Total: out += text::number(share.second(), language); break;
    case Form::CountCode: append_integer(out, share.number()); break;
    case Form::TotalCode: append_integer(out, share.second()); break;
    default: out += text::percent(share.number(), share.second(), language);
    }
}

void append_made_words(std::string& out, Named const& named, text::Messages const& messages, Language language)
{
    auto const& value = *named.value;
    bool const code = named.form == Form::Code;
    switch (value.kind()) {
    case Kind::Nothing:
    case Kind::Text:
    case Kind::Plain:
    case Kind::Link:
    case Kind::Markup:
    case Kind::Object:
    case Kind::List: break;
    case Kind::Boolean: out += value.number() != 0 ? "true" : "false"; break;
    case Kind::Number: code ? append_integer(out, value.number()) : void(out += text::number(value.number(), language)); break;
    case Kind::Money: code ? append_integer(out, value.number()) : void(out += text::rupiah(value.number(), language)); break;
    case Kind::Year: append_integer(out, value.number()); break;
    case Kind::Date: out += date_words(date_in(value), named.form, language); break;
    case Kind::Moment: out += moment_words(moment_in(value), named.form, language); break;
    case Kind::Ratio: append_ratio(out, value, named.form, language); break;
    case Kind::Choice: append_choice(out, value, named.form, messages, language); break;
    case Kind::Sentence: append_sentence(out, value, messages, language); break;
    }
}

}

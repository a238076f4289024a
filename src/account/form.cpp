#include "account/form.hpp"
#include <algorithm>
#include <charconv>
#include <cstdio>

namespace kpuhub::account {

void Option::describe(view::Visitor& v) const
{
    v.field("value", value);
    v.field("label", label);
    v.field("selected", selected);
}

void Field::describe(view::Visitor& v) const
{
    v.field("name", name);
    v.field("label", label);
    v.field("value", value);
    v.field("type", type);
    v.field("may_be_empty", may_be_empty);
    v.field("hint", hint);
    v.list("options", options);
    v.field("autocomplete", autocomplete);
    v.field("error", error);
}

void FormPage::describe(view::Visitor& v) const
{
    v.field("title", title);
    v.field("lead", lead);
    v.field("action", action);
    v.field("button", button);
    v.list("fields", fields);
    v.field("version", version);
    v.field("upload", upload);
    v.field("cancel", cancel);
    v.field("extra", extra);
    v.field("extra_label", extra_label);
    v.field("errors", errors);
    v.field("wrong", wrong);
}

void Action::describe(view::Visitor& v) const
{
    v.field("action", action);
    v.field("button", button);
    v.field("dangerous", dangerous);
    v.field("version", version);
}

std::vector<Option> chosen(std::vector<Option> options, std::string_view value)
{
    for (auto& option : options)
        option.selected = option.value == value;
    return options;
}

void put_back(std::vector<Field>& fields, http::Request const& request)
{
    if (request.method != http::Method::Post)
        return;
    for (auto& field : fields) {
        if (field.type == "password" || field.type == "file")
            continue;
        field.value = request.form.text(field.name);
        if (!field.options.empty())
            field.options = chosen(std::move(field.options), field.value);
    }
}

static http::Response answer(Visit& visit, FormPage const& page, std::string_view current, int status)
{
    auto frame = visit.reader.signed_in() ? visit.frame(page.title, current) : visit.public_frame(page.title);
    frame.layout = view::Layout::Office;
    return visit.page("people/form", page, frame, status);
}

http::Response form_page(Visit& visit, FormPage page, std::string_view current)
{
    return answer(visit, page, current, 200);
}

Result<http::Response> form_page(Visit& visit, FormPage page, std::string_view current, Fault const& fault)
{
    if (fault.kind != FaultKind::Invalid && fault.kind != FaultKind::Conflict)
        return fail(fault);
    put_back(page.fields, visit.request);
    page.errors = view::field_errors(fault);
    for (auto& field : page.fields)
        field.error = view::error_of(page.errors, field.name);
    if (!page.errors)
        page.wrong = view::sentence_of(fault);
    return answer(visit, page, current, http::status_of(fault.kind));
}

std::int64_t number_of(std::string_view text)
{
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc {} && end == text.data() + text.size() ? number : 0;
}

Result<std::int64_t> number_in(http::Request const& request, std::string_view parameter)
{
    auto const number = number_of(request.parameter(parameter));
    if (number <= 0)
        return not_found();
    return number;
}

static std::optional<time::Date> day_of(std::string text)
{
    if (auto iso = time::Date::from_iso(text))
        return iso;
    std::replace(text.begin(), text.end(), '/', '-');
    int day = 0, month = 0, year = 0;
    if (std::sscanf(text.c_str(), "%2d-%2d-%4d", &day, &month, &year) != 3)
        return std::nullopt;
    char iso[16];
    std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
    return time::Date::from_iso(iso);
}

Result<time::Date> day_in(http::Request const& request, std::string_view field, std::optional<time::Date> fallback)
{
    auto text = request.form.text(field);
    if (text.empty() && fallback)
        return *fallback;
    if (auto day = day_of(text))
        return *day;
    return invalid("people.wrong", { { std::string { field }, "people.day_wrong" } });
}

}

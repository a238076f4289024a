#include "evidence/evidence_form.hpp"
#include <array>
#include <charconv>
#include <utility>

namespace kpuhub::evidence {

namespace {

constexpr std::array<std::pair<Source, std::string_view>, 4> sources { { { Source::Camera, "camera" }, { Source::File, "file" },
    { Source::Link, "link" }, { Source::Reference, "reference" } } };

std::optional<std::int64_t> number_of(std::string_view text)
{
    std::int64_t value = 0;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    return fault == std::errc {} && end == text.data() + text.size() && value >= 0 ? std::optional { value } : std::nullopt;
}

}

Source source_of(std::string_view word)
{
    for (auto const& [source, code] : sources)
        if (code == word)
            return source;
    return Source::File;
}

std::string_view code(Source source)
{
    for (auto const& [each, code] : sources)
        if (each == source)
            return code;
    return "file";
}

Sending sending_of(http::Fields const& form)
{
    return { source_of(form.text("kind")), form.text("title"), form.text("address"), form.text("paper_kind"), form.text("paper_number"),
        form.text("paper_date"), form.text("effective_on"), form.text("covers_from"), form.text("covers_to"), form.all("upload_key") };
}

Result<Proof> proof_of(Sending const& typed)
{
    std::vector<FieldFault> faults;
    auto date = [&](char const* field, std::string const& text) -> std::optional<time::Date> {
        if (text.empty())
            return std::nullopt;
        auto found = time::Date::from_iso(text);
        if (!found)
            faults.push_back({ field, "evidence.date" });
        return found;
    };
    Proof proof { .kind = Kind::File, .title = typed.title };
    if (typed.source == Source::Link)
        proof.kind = Kind::Link;
    if (typed.source == Source::Reference)
        proof.kind = Kind::Reference;
    proof.address = typed.address;
    proof.paper = { typed.paper_kind, typed.paper_number, date("paper_date", typed.paper_date) };
    proof.effective_on = date("effective_on", typed.effective_on);
    proof.covers_from = date("covers_from", typed.covers_from);
    proof.covers_to = date("covers_to", typed.covers_to);
    if (!faults.empty())
        return invalid("evidence.form", std::move(faults));
    return proof;
}

std::optional<Target> target_of(std::string_view text)
{
    auto colon = text.find(':');
    auto subject = number_of(text.substr(0, colon));
    auto part = colon == std::string_view::npos ? std::optional<std::int64_t> { 0 } : number_of(text.substr(colon + 1));
    if (!subject || *subject == 0 || !part)
        return std::nullopt;
    return Target { { *subject }, { *part } };
}

std::string text_of(Target const& target)
{
    auto text = std::to_string(target.subject.value);
    return target.part ? text + ":" + std::to_string(target.part.value) : text;
}

Result<std::vector<Target>> targets_of(http::Fields const& form)
{
    std::vector<Target> targets;
    for (auto const& text : form.all("target")) {
        auto target = target_of(text);
        if (!target)
            return invalid("evidence.nothing_chosen");
        targets.push_back(*target);
    }
    return targets;
}

}

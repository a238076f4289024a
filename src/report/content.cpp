#include "report/content.hpp"
#include <nlohmann/json.hpp>

namespace kpuhub::report {

using Json = nlohmann::ordered_json;

std::string const& Content::text(std::string_view field) const
{
    static std::string const nothing;
    auto const found = texts.find(field);
    return found == texts.end() ? nothing : found->second;
}

std::string to_json(Content const& content)
{
    Json texts = Json::object(), reasons = Json::object(), signers = Json::array();
    for (auto const& [name, text] : content.texts)
        texts[name] = text;
    for (auto const& [id, text] : content.reasons)
        reasons[std::to_string(id)] = text;
    for (auto const& each : content.signers)
        signers.push_back({ { "heading", each.heading }, { "post", each.who.post }, { "name", each.who.name }, { "number", each.who.number }, { "capacity", static_cast<int>(each.who.capacity) },
            { "own_post", each.who.own_post } });
    Json json { { "year", content.year }, { "period", content.period }, { "texts", std::move(texts) }, { "reasons", std::move(reasons) }, { "signers", std::move(signers) } };
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

static Signer signer_in(Json const& json)
{
    auto const capacity = json.value("capacity", 0);
    return { json.value("heading", ""), { json.value("post", ""), json.value("name", ""), json.value("number", ""),
        capacity >= 0 && capacity <= 3 ? static_cast<paper::Capacity>(capacity) : paper::Capacity::Own, json.value("own_post", "") } };
}

Result<Content> content_from_json(std::string_view text)
{
    try {
        auto const json = Json::parse(text);
        Content content { json.value("year", 0), json.value("period", "") };
        auto const texts = json.value("texts", Json::object()), reasons = json.value("reasons", Json::object()), signers = json.value("signers", Json::array());
        for (auto const& [name, value] : texts.items())
            content.texts[name] = value.get<std::string>();
        for (auto const& [id, value] : reasons.items())
            content.reasons[std::stoll(id)] = value.get<std::string>();
        for (auto const& each : signers)
            content.signers.push_back(signer_in(each));
        return content;
    } catch (std::exception const&) {           // a wrong type or a name that is no number
        return invalid("report.content_wrong");
    }
}

static std::string_view trimmed(std::string_view text)
{
    auto const first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view {} : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

static std::vector<std::string> parts(std::string_view text, std::string_view between)
{
    std::vector<std::string> made;
    for (std::size_t at = 0; at <= text.size();) {
        auto const end = std::min(text.find(between, at), text.size());
        made.emplace_back(trimmed(text.substr(at, end - at)));
        at = end + between.size();
    }
    return made;
}

std::vector<std::string> entries(std::string_view text)
{
    auto made = parts(text, "\n");
    std::erase(made, std::string {});
    return made;
}

std::vector<std::string> columns(std::string_view line) { return parts(line, "|"); }

}

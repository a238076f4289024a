#include "decree/wording.hpp"
#include "core/embedded.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

namespace kpuhub::decree {

namespace {

std::vector<std::string> texts(YAML::Node const& node)
{
    std::vector<std::string> list;
    for (auto const& each : node)
        list.push_back(each.as<std::string>());
    return list;
}

YAML::Node const& decree_file()
{
    static YAML::Node const root = YAML::Load(std::string { embedded_file("definitions/papers/decree.yaml") });
    return root;
}

struct Rule {
    std::string text;
    std::vector<std::string> words;
    bool use = false;
    bool revoked = false;
    std::string revoked_by, changed_by;
    std::vector<std::string> changed_words;
    std::optional<time::Date> revoked_on {}, ended {};

    [[nodiscard]] bool stands_in(std::string_view line) const
    {
        return std::ranges::all_of(words, [&](auto const& word) { return line.find(word) != std::string_view::npos; });
    }
    [[nodiscard]] bool is_revoked(time::Date on) const { return revoked && (!revoked_on || *revoked_on <= on); }
    [[nodiscard]] bool has_ended(time::Date on) const { return ended && *ended < on; }
};

std::optional<time::Date> day(YAML::Node const& node) { return node ? time::Date::from_iso(node.as<std::string>()) : std::nullopt; }

std::vector<Rule> const& rules()
{
    static auto const all = [] {
        std::vector<Rule> made;
        for (auto const& each : YAML::Load(std::string { embedded_file("definitions/papers/legal_basis.yaml") })["rules"]) {
            Rule rule { each["text"].as<std::string>(), texts(each["words"]), each["use"].as<bool>(), each["revoked"].IsDefined(), {}, {}, {} };
            if (rule.revoked)
                rule.revoked_by = each["revoked"]["by"].as<std::string>();
            if (auto const changed = each["changed"]) {
                rule.changed_by = changed["by"].as<std::string>();
                rule.changed_words = texts(changed["words"]);
            }
            rule.revoked_on = rule.revoked ? day(each["revoked"]["on"]) : std::nullopt;
            rule.ended = day(each["ended"]);
            made.push_back(std::move(rule));
        }
        return made;
    }();
    return all;
}

using Json = nlohmann::ordered_json;

Json person_json(paper::Signatory const& who)
{
    return { { "post", who.post }, { "name", who.name }, { "number", who.number }, { "capacity", static_cast<int>(who.capacity) }, { "own_post", who.own_post } };
}

std::string text_in(Json const& json, char const* name)
{
    auto const found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string {};
}

paper::Signatory person_in(Json const& json, char const* name)
{
    auto const found = json.find(name);
    if (found == json.end() || !found->is_object())
        return {};
    auto const capacity = found->value("capacity", 0);
    return { text_in(*found, "post"), text_in(*found, "name"), text_in(*found, "number"), capacity >= 0 && capacity <= 3 ? static_cast<paper::Capacity>(capacity) : paper::Capacity::Own, text_in(*found, "own_post") };
}

void read_list(Json const& json, char const* name, std::vector<std::string>& list)
{
    auto const found = json.find(name);
    if (found == json.end() || !found->is_array())
        return;
    list.clear();
    for (auto const& each : *found)
        if (each.is_string())
            list.push_back(each.get<std::string>());
}

}

Wording default_wording()
{
    auto const& file = decree_file();
    Wording made { file["subject"].as<std::string>(), texts(file["considering"]), {}, texts(file["noting"]), texts(file["dicta"]) };
    for (auto const& rule : rules())
        if (rule.use)
            made.legal_basis.push_back(rule.text);
    return made;
}

std::string to_json(Wording const& wording)
{
    Json const json { { "subject", wording.subject }, { "considering", wording.considering }, { "legal_basis", wording.legal_basis }, { "noting", wording.noting }, { "dicta", wording.dicta },
        { "signatory", person_json(wording.signatory) }, { "certifier", person_json(wording.certifier) } };
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Wording> wording_from_json(std::string_view text)
{
    auto const json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return invalid("paper.content_broken");
    auto made = default_wording();
    if (json.contains("subject"))
        made.subject = text_in(json, "subject");
    read_list(json, "considering", made.considering);
    read_list(json, "legal_basis", made.legal_basis);
    read_list(json, "noting", made.noting);
    read_list(json, "dicta", made.dicta);
    made.signatory = person_in(json, "signatory");
    made.certifier = person_in(json, "certifier");
    return made;
}

std::string dictum_word(std::size_t number)
{
    auto const words = decree_file()["dictum_words"];
    return number >= 1 && number <= words.size() ? words[number - 1].as<std::string>() : "DIKTUM " + std::to_string(number);
}

std::vector<std::string> certifier_words() { return texts(decree_file()["certifier_words"]); }

std::vector<LegalWarning> legal_warnings(std::vector<std::string> const& legal_basis, time::Date on)
{
    std::vector<LegalWarning> warnings;
    for (auto const& line : legal_basis) {
        auto const start = line.substr(0, std::min(line.size(), line.find(" tentang")));
        for (auto const& rule : rules()) {
            if (!rule.stands_in(line))
                continue;
            if (rule.is_revoked(on))
                warnings.push_back({ LegalWarning::Kind::Revoked, start, rule.revoked_by });
            else if (rule.has_ended(on))
                warnings.push_back({ LegalWarning::Kind::Ended, start, rule.ended->iso() });
            bool const names_change = std::ranges::all_of(rule.changed_words, [&](auto const& word) { return line.find(word) != std::string::npos; });
            if (!rule.changed_by.empty() && !names_change)
                warnings.push_back({ LegalWarning::Kind::Changed, start, rule.changed_by });
        }
    }
    return warnings;
}

std::vector<std::string> offered_rules(std::vector<std::string> const& legal_basis, time::Date on)
{
    std::vector<std::string> offered;
    for (auto const& rule : rules())
        if (!rule.is_revoked(on) && std::ranges::none_of(legal_basis, [&](auto const& line) { return rule.stands_in(line); }))
            offered.push_back(rule.text);
    return offered;
}

}

#include "decree/draft_json.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kpuhub::decree {

namespace {

using Json = nlohmann::ordered_json;

Json or_null(std::string const& text) { return text.empty() ? Json(nullptr) : Json(text); }
std::string text_of(Json const& json, char const* key)
{
    auto const found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string {};
}

template<typename Value>
Value value_named(std::string_view wanted)
{
    for (int i = 0; i < 32; ++i) {
        auto const known = name(static_cast<Value>(i));
        if (known.empty())
            break;
        if (known == wanted)
            return static_cast<Value>(i);
    }
    throw std::runtime_error("unknown name");
}

Json source_json(Source const& source)
{
    Json json;
    if (source.page > 0)
        json["page"] = source.page;
    json["line"] = source.line;
    if (source.last_line != source.line)
        json["last_line"] = source.last_line;
    if (!source.cell.empty())
        json["cell"] = source.cell;
    if (source.box != codec::Box {})
        json["box"] = { source.box.left, source.box.top, source.box.right, source.box.bottom };
    return json;
}

Source source_of(Json const& json)
{
    Source source;
    source.page = json.value("page", 0);
    source.line = json.value("line", 0);
    source.last_line = json.value("last_line", source.line);
    source.cell = text_of(json, "cell");
    if (auto const box = json.find("box"); box != json.end() && box->size() == 4)
        source.box = { box->at(0).get<int>(), box->at(1).get<int>(), box->at(2).get<int>(), box->at(3).get<int>() };
    return source;
}

Json sources_json(std::vector<Source> const& sources)
{
    auto list = Json::array();
    for (auto const& source : sources)
        list.push_back(source_json(source));
    return list;
}

std::vector<Source> sources_of(Json const& json)
{
    std::vector<Source> sources;
    for (auto const& source : json)
        sources.push_back(source_of(source));
    return sources;
}

template<typename Value>
void put_proposal(Json& json, char const* key, std::optional<Proposal<Value>> const& proposal)
{
    if (!proposal)
        return;
    Json value;
    if constexpr (std::is_same_v<Value, bool>)
        value["value"] = proposal->value;
    else
        value["value"] = name(proposal->value);
    value["because"] = proposal->because;
    json[key] = std::move(value);
}

template<typename Value>
std::optional<Proposal<Value>> proposal_of(Json const& json, char const* key)
{
    auto const found = json.find(key);
    if (found == json.end())
        return {};
    Proposal<Value> proposal;
    if constexpr (std::is_same_v<Value, bool>)
        proposal.value = found->at("value").get<bool>();
    else
        proposal.value = value_named<Value>(found->at("value").get<std::string>());
    proposal.because = text_of(*found, "because");
    return proposal;
}

constexpr char const* text_key(Level level) { return level < Level::Subactivity ? "name" : "text"; }
constexpr std::array<char const*, 4> list_keys { "areas", "activities", "subactivities", "indicators" };

Json number_json(Node const& node)
{
    if (node.level != Level::Area)
        return or_null(node.number);
    bool const digits = !node.number.empty() && node.number.size() < 4 && node.number.find_first_not_of("0123456789") == std::string::npos;
    return digits ? Json(std::stoi(node.number)) : or_null(node.number);
}

Json node_json(Node const& node)
{
    Json json;
    json["id"] = node.id;
    json["no"] = number_json(node);
    json[text_key(node.level)] = or_null(node.text);
    if (node.inferred)
        json["inferred"] = true;
    if (node.level >= Level::Subactivity) {
        json["months"] = node.months.months;
        json["months_certain"] = node.months.certain;
        json["marks"] = node.months.positions;
        if (node.months.unclear)
            json["marks_unclear"] = true;
    }
    if (node.level == Level::Subactivity || !node.note.empty())
        json["note"] = node.note;
    if (!node.owner.empty())
        json["owner"] = node.owner;
    for (auto const& extra : node.extras)
        json["extras"].push_back({ { "heading", extra.heading }, { "text", extra.text } });
    if (!node.covers.empty())
        json["covers"] = node.covers;
    put_proposal(json, "rhythm", node.rhythm);
    put_proposal(json, "authority", node.authority);
    put_proposal(json, "tentative", node.tentative);
    put_proposal(json, "kind", node.indicator_kind);
    if (!node.item.empty())
        json["item"] = node.item;
    json["source"] = sources_json(node.sources);
    return json;
}

void put_nodes(Json& json, Draft const& draft, int parent, Level level)
{
    auto list = Json::array();
    for (auto const& node : draft.nodes) {
        if (node.parent != parent || node.level != level)
            continue;
        auto child = node_json(node);
        if (level != Level::Indicator)
            put_nodes(child, draft, node.id, static_cast<Level>(static_cast<int>(level) + 1));
        list.push_back(std::move(child));
    }
    json[list_keys.at(static_cast<std::size_t>(level))] = std::move(list);
}

void take_nodes(Json const& json, Draft& draft, int parent, Level level)
{
    auto const found = json.find(list_keys.at(static_cast<std::size_t>(level)));
    if (found == json.end())
        return;
    for (auto const& child : *found) {
        Node node;
        node.id = child.at("id").get<int>();
        node.parent = parent;
        node.level = level;
        auto const& no = child.at("no");
        node.number = no.is_number() ? std::to_string(no.get<int>()) : text_of(child, "no");
        node.text = text_of(child, text_key(level));
        node.inferred = child.value("inferred", false);
        node.months = { child.value("months", std::vector<int> {}), child.value("months_certain", false), child.value("marks", std::vector<int> {}), child.value("marks_unclear", false) };
        node.note = text_of(child, "note");
        node.owner = text_of(child, "owner");
        for (auto const& extra : child.value("extras", Json::array()))
            node.extras.push_back({ text_of(extra, "heading"), text_of(extra, "text") });
        node.covers = child.value("covers", std::vector<int> {});
        node.rhythm = proposal_of<Rhythm>(child, "rhythm");
        node.authority = proposal_of<Authority>(child, "authority");
        node.tentative = proposal_of<bool>(child, "tentative");
        node.indicator_kind = proposal_of<IndicatorKind>(child, "kind");
        node.item = text_of(child, "item");
        node.sources = sources_of(child.at("source"));
        int const id = node.id;
        draft.nodes.push_back(std::move(node));
        if (level != Level::Indicator)
            take_nodes(child, draft, id, static_cast<Level>(static_cast<int>(level) + 1));
    }
}

Json person_json(Person const& person) { return { { "name", or_null(person.name) }, { "role", or_null(person.role) } }; }
Person person_of(Json const& json) { return { text_of(json, "name"), text_of(json, "role") }; }

void put_decree(Json& json, Decree const& decree)
{
    json["unit"] = or_null(decree.unit);
    json["number"] = or_null(decree.number);
    json["year"] = decree.year == 0 ? Json(nullptr) : Json(decree.year);
    json["title"] = or_null(decree.title);
    json["plan_title"] = or_null(decree.plan_title);
    json["place"] = or_null(decree.place);
    json["date"] = or_null(decree.date);
    json["date_printed"] = or_null(decree.date_printed);
    json["signatory"] = person_json(decree.signatory);
    json["certifier"] = person_json(decree.certifier);
    json["closing"] = { { "place", or_null(decree.closing_place) }, { "date", or_null(decree.closing_date) } };
    json["considering"] = decree.considering;
    json["legal_basis"] = decree.legal_basis;
    json["noting"] = decree.noting;
    auto dicta = Json::array();
    for (auto const& dictum : decree.dicta)
        dicta.push_back({ { "no", dictum.number }, { "text", dictum.text } });
    json["dicta"] = std::move(dicta);
}

Decree decree_of(Json const& json)
{
    Decree decree;
    for (auto const& [key, field] : { std::pair<char const*, std::string*> { "unit", &decree.unit }, { "number", &decree.number }, { "title", &decree.title }, { "plan_title", &decree.plan_title }, { "place", &decree.place }, { "date", &decree.date }, { "date_printed", &decree.date_printed } })
        *field = text_of(json, key);
    decree.year = json.at("year").is_number() ? json.at("year").get<int>() : 0;
    decree.signatory = person_of(json.at("signatory"));
    decree.certifier = person_of(json.at("certifier"));
    decree.closing_place = text_of(json.at("closing"), "place");
    decree.closing_date = text_of(json.at("closing"), "date");
    decree.considering = json.at("considering").get<std::vector<std::string>>();
    decree.legal_basis = json.at("legal_basis").get<std::vector<std::string>>();
    decree.noting = json.at("noting").get<std::vector<std::string>>();
    for (auto const& dictum : json.at("dicta"))
        decree.dicta.push_back({ text_of(dictum, "no"), text_of(dictum, "text") });
    return decree;
}

Json finding_json(Finding const& finding, FindingWords const& message)
{
    Json json;
    json["kind"] = name(finding.kind);
    json["severity"] = name(finding.severity);
    json["source"] = sources_json(finding.sources);
    json["nodes"] = finding.nodes;
    json["arguments"] = finding.arguments;
    json["settled"] = finding.settled;
    if (message)
        json["message"] = message(finding);
    return json;
}

}

std::string to_json(Draft const& draft, bool with_lines, FindingWords const& message)
{
    Json json;
    put_decree(json, draft.decree);
    put_nodes(json, draft, 0, Level::Area);
    auto findings = Json::array();
    for (auto const& finding : draft.findings)
        findings.push_back(finding_json(finding, message));
    json["findings"] = std::move(findings);
    auto list = Json::array();
    for (auto const& group : groups(draft))
        list.push_back({ { "kind", name(group.kind) }, { "severity", name(group.severity) }, { "findings", group.findings }, { "nodes", group.nodes },
            { "proposed", name(group.proposed) }, { "needs_decision", group.needs_decision } });
    json["groups"] = std::move(list);
    json["next_id"] = draft.next_id;
    if (with_lines) {
        json["lines"] = draft.lines;
        for (auto const& page : draft.pages)
            json["pages"].push_back({ { "name", page.name }, { "before", page.before }, { "width", page.width }, { "height", page.height } });
    }
    return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

Result<Draft> from_json(std::string_view text)
{
    try {
        auto const json = Json::parse(text);
        Draft draft;
        draft.decree = decree_of(json);
        take_nodes(json, draft, 0, Level::Area);
        for (auto const& item : json.at("findings"))
            draft.findings.push_back({ value_named<FindingKind>(text_of(item, "kind")), value_named<Severity>(text_of(item, "severity")),
                sources_of(item.at("source")), item.at("nodes").get<std::vector<int>>(), item.at("arguments").get<std::vector<std::string>>(), item.at("settled").get<bool>() });
        draft.next_id = json.at("next_id").get<int>();
        draft.lines = json.value("lines", std::vector<std::string> {});
        for (auto const& page : json.value("pages", Json::array()))
            draft.pages.push_back({ text_of(page, "name"), page.value("before", 0), page.value("width", 0), page.value("height", 0) });
        return draft;
    } catch (std::exception const& error) {
        return fail({ FaultKind::Broken, "decree.draft_broken", error.what() });
    }
}

}

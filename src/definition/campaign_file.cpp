#include "definition/campaign_file.hpp"
#include "core/embedded.hpp"
#include "definition/duty_file.hpp"
#include "definition/publication.hpp"
#include <algorithm>
#include <array>

namespace kpuhub::definition {

namespace {

Words words_in(Node const& node, Faults& faults) { return { faults.required_text(node, "id"), faults.required_text(node, "en") }; }

RuleName rule_in(Node const& node, Faults& faults)
{
    faults.only_keys(node, { "family", "rule" });
    return { faults.required_text(node, "family"), faults.required_text(node, "rule") };
}

/// Checks what a campaign says against the register that it fills.
class Checker {
public:
    Checker(CampaignKind const& campaign, Register const& made, Faults& faults) : m_campaign(campaign), m_made(made), m_faults(faults) {}

    void check(Node const& root)
    {
        auto const& fields = root["fields"];
        field(fields, m_campaign.person_field, FieldKind::Person);
        field(fields, m_campaign.period_field, FieldKind::Period);
        if (!m_campaign.due_field.empty())
            field(fields, m_campaign.due_field, FieldKind::Date);
        for (auto const& [name, value] : m_campaign.set)
            if (auto const* found = m_made.field(name); !found || (found->kind == FieldKind::Choice && !found->option(value)))
                m_faults.add(root["set"].line, "definition.name_unknown", name);
        for (auto const& name : m_campaign.shows)
            if (!m_made.field(name))
                m_faults.add(root["shows"].line, "definition.name_unknown", name);
        for (auto const* step : { &m_campaign.file_step, &m_campaign.accept_step })
            if (!m_made.step(*step))
                m_faults.add(root.line, "definition.name_unknown", *step);
        for (auto const& [state, meaning] : m_campaign.means)
            if (constexpr std::array<std::string_view, 4> known { "open", "filed", "accepted", "exempt" };
                !m_made.state(state) || std::ranges::find(known, meaning) == known.end())
                m_faults.add(root["means"].line, "definition.name_unknown", state);
        for (auto const& state : m_made.states)
            if (!m_campaign.means.contains(state.id))
                m_faults.add(root["means"].line, "definition.text_missing", state.id);
    }

private:
    void field(Node const& node, std::string const& name, FieldKind kind)
    {
        if (auto const* found = m_made.field(name); !found || found->kind != kind)
            m_faults.add(node.line, "definition.name_unknown", name);
    }

    CampaignKind const& m_campaign;
    Register const& m_made;
    Faults& m_faults;
};

}

Result<CampaignKind> load_campaign(std::string_view file, std::string_view text, std::vector<Register> const& registers)
{
    auto const root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "matter", "title", "lead", "asks", "source", "register", "set", "fields", "duty", "file", "accept", "means", "deadline",
        "newcomer", "shows", "statement" });
    auto const heading = read_heading(root, faults);
    CampaignKind made { .matter = faults.required_text(root, "matter"), .version = heading.version, .title = words_in(root["title"], faults), .lead = words_in(root["lead"], faults),
        .asks = words_in(root["asks"], faults), .source = heading.source, .register_id = faults.required_text(root, "register") };
    if (!is_name(made.matter))
        faults.add(root["matter"].line, "definition.name_wrong", made.matter);
    if (root.has("statement"))
        made.statement = words_in(root["statement"], faults);
    for (auto const& [name, value] : faults.optional_pairs(root, "set"))
        made.set[name] = value.text;
    auto const& fields = root["fields"];
    faults.only_keys(fields, { "person", "period", "due" });
    made.person_field = faults.required_text(fields, "person");
    made.period_field = faults.required_text(fields, "period");
    made.due_field = faults.optional_text(fields, "due");
    made.duty = faults.required_text(root, "duty");
    if (!duty_named(made.duty))
        faults.add(root["duty"].line, "definition.name_unknown", made.duty);
    made.file_step = faults.required_text(root, "file");
    made.accept_step = faults.required_text(root, "accept");
    for (auto const& [state, meaning] : faults.optional_pairs(root, "means"))
        made.means[state] = meaning.text;
    made.deadline = rule_in(root["deadline"], faults);
    if (root.has("newcomer"))
        made.newcomer = rule_in(root["newcomer"], faults);
    made.shows = faults.optional_texts(root, "shows");
    if (auto const found = std::ranges::find(registers, made.register_id, &Register::id); found != registers.end()) {
        made.made = std::make_shared<Register const>(*found);
        Checker { made, *found, faults }.check(root);
    } else {
        faults.add(root["register"].line, "definition.name_unknown", made.register_id);
    }
    if (!faults.none())
        return faults.failure();
    return made;
}

static std::vector<CampaignKind> load_embedded()
{
    KnownNames names { known_roles(), {} };
    std::vector<Register> registers;
    for (auto const& each : shipped_registers()) {
        registers.push_back(load_register(each.file, each.text, names).value());
        names.registers.insert(registers.back().id);
    }
    std::vector<CampaignKind> all;
    for (auto const& file : embedded_files())
        if (file.path.starts_with("definitions/campaigns/") && file.path.ends_with(".yaml"))
            all.push_back(load_campaign(file.path, file.bytes, registers).value());
    return all;
}

std::vector<CampaignKind> const& embedded_campaigns()
{
    static auto const all = load_embedded();
    return all;
}

CampaignKind const* campaign_of(std::string_view matter)
{
    auto const& all = embedded_campaigns();
    auto const found = std::ranges::find(all, matter, &CampaignKind::matter);
    return found == all.end() ? nullptr : &*found;
}

}

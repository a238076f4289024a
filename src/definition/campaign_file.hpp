#pragma once
#include "definition/register.hpp"
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::definition {

/// A campaign as definitions/campaigns says it: whom it asks (a duty), for what (a register and the step that each person does there), by when.
struct CampaignKind {
    std::string matter;                             ///< "lhkpn"; names campaigns in addresses and in the database
    int version = 0;
    Words title, lead, asks;                        ///< asks: what the person does, as one reads it among his tasks
    std::string source;
    Words statement {};                                ///< read before one signs; empty: none
    std::string register_id;
    std::shared_ptr<Register const> made {};        ///< as shipped with the program: labels of states and fields
    std::map<std::string, std::string> set {};         ///< fields with a fixed value
    std::string person_field {}, period_field {}, due_field {};  ///< fields that the campaign fills; due may be empty
    std::string duty {};
    std::string file_step {}, accept_step {};
    std::map<std::string, std::string> means {};       ///< state of the register -> open | filed | accepted | exempt
    RuleName deadline {};
    std::optional<RuleName> newcomer {};            ///< for who came under the duty during the year
    std::vector<std::string> shows {};                 ///< fields beside the names

    [[nodiscard]] bool is(std::string const& state, std::string_view meaning) const
    {
        auto const found = means.find(state);
        return found != means.end() && found->second == meaning;
    }
};

/// One file. Errors: Invalid with file and line of every wrong place: also a field, step or state that the register does not have, an unknown
/// duty, a state without a meaning, a field of the step that is a child list.
Result<CampaignKind> load_campaign(std::string_view file, std::string_view text, std::vector<Register> const& registers);

/// All of definitions/campaigns, in order of their files; a faulty one ends the program at its start.
std::vector<CampaignKind> const& embedded_campaigns();
/// nullptr when there is none.
CampaignKind const* campaign_of(std::string_view matter);

}

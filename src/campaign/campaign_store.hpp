#pragma once
#include "campaign/campaign.hpp"

namespace kpuhub::campaign {

// Statements of the campaigns; private to the room.

/// False when such a campaign is open in the office.
bool insert_campaign(storage::Transaction&, journal::Act const&, SubjectId, UnitId, definition::CampaignKind const&, NewCampaign const&, UnitId ordered_by);
void insert_person(storage::Transaction&, SubjectId campaign, PersonId, SubjectId record, time::Date due_on);
void set_all_asked(storage::Transaction&, SubjectId, bool);
void set_closed(storage::Transaction&, SubjectId, time::Date);
/// False when another campaign of its matter, year and office is open.
bool set_open(storage::Transaction&, SubjectId);
void set_reminded(storage::Transaction&, SubjectId, PersonId, time::Date);

/// A campaign without an access rule: for jobs.
std::optional<Campaign> campaign_by_id(storage::Reader&, SubjectId, time::Date today);
/// People already asked.
std::vector<PersonId> asked_people(storage::Reader&, SubjectId);

std::optional<SubjectId> open_campaign(storage::Reader&, UnitId, std::string_view matter, std::string_view period);
/// Units below without an open campaign of the matter and period in which everybody was asked, by code.
std::vector<organization::Unit> units_to_ask(storage::Reader&, UnitId, std::string_view matter, std::string_view period, time::Date today);

/// Addresses and languages of who has not filed, and whether he was reminded today.
struct ToRemind {
    PersonId person {};
    std::string address;
    text::Language language = text::Language::Indonesian;
    bool today_already = false;
    time::Date due_on {};
};
std::vector<ToRemind> people_to_remind(storage::Reader&, SubjectId, time::Date today);

/// The records that a campaign has opened, as a part of other statements: $1 is the campaign.
constexpr std::string_view records_of_campaign = "SELECT cp.record_id FROM campaign_person cp WHERE cp.campaign_id = $1";

}

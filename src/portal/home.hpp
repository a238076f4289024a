#pragma once
#include "account/reader.hpp"
#include "account/without_account.hpp"
#include "campaign/campaign.hpp"
#include "evidence/unsorted_count.hpp"
#include "flow/standing.hpp"
#include "indicator/tally_year.hpp"
#include "plan/proposal.hpp"
#include "plan/task_lists.hpp"
#include <optional>
#include <span>

namespace kpuhub::portal {

/// The most lines of a block of the start page: what a person takes in at a glance on a phone.
inline constexpr std::size_t block_lines = 7;

/// The blocks of the start page. A person sees those of every role and post that he holds (users: first screens).
enum class BlockKind { Summary, Decisions, Traffic, Offices, Office, Verify, People, Asked, Limits, Campaigns, Tasks, Proposed, Section, Returned, Send };

/// The blocks of this reader, the first one first.
std::vector<BlockKind> blocks_for(account::Reader const&);

/// What the blocks are made of; each part is read only when one of the blocks needs it. At most one statement each; the lines of the
/// desk come with the others of the office where both are shown.
struct HomeNews {
    plan::WorkLines tasks;
    plan::WorkLines returned;
    std::vector<plan::ProposedWork> proposed;
    plan::DeskLines desk;
    plan::WorkLines late;
    plan::WorkLines soon;
    std::vector<plan::OpenWork> open;
    indicator::SumsByPeriod sums;
    evidence::Unsorted unsorted;
    std::vector<indicator::ChildYear> children;
    account::WithoutAccount without_account;
    std::vector<account::VacantPost> vacant;
    flow::OwnLimits limits;                     ///< of cases that wait for the reader
    std::optional<std::int64_t> held;           ///< messages held after a restore, for who may release them
    std::vector<campaign::Line> campaigns;      ///< asked of the reader, and run by him
};
HomeNews read_news(storage::Reader&, account::Reader const&, std::span<BlockKind const>, time::Instant now);

/// The last day of "soon" (a week from today) and of this month.
plan::OpenUntil open_until(time::Date today);

/// Sub-divisions whose posts the reader holds today.
std::vector<SubdivisionId> own_subdivisions(account::Reader const&);

}

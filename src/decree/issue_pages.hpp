#pragma once
#include "account/door.hpp"
#include "job/job.hpp"
#include "paper/paper.hpp"
#include "storage/blob_store.hpp"

namespace kpuhub::decree {

/// What the decree is among the papers: its series, its contents, its warnings, and that signing it fixes the plan.
paper::Kind decree_kind();

/// /units/{unit}/plans/{year}/decree (starts the paper or leads to it) and /papers/{paper}/wording (its texts).
void register_issue_pages(account::Door const&, http::Router&);

/// /units/{unit}/decrees: the decrees of all offices below, ordered at once (mass_issue.hpp).
void register_mass_pages(account::Door const&, http::Router&);

/// Kind of the job that issues the decrees of all offices with a plan of a year, one step for each office.
inline constexpr auto issuing_job = "decree.issue";
/// For all offices with a plan of the year, or those named. Whoever asks has been checked.
JobId order_decrees(storage::Transaction&, journal::Act const&, int year, time::Date dated_on, std::vector<UnitId> const& units = {});
/// How many offices such an order would issue for.
std::int64_t count_orders(storage::Reader&, int year, std::vector<UnitId> const& units = {});
/// Kinds, blobs and database outlive the workshop.
void register_issuing(job::Workshop&, storage::Database&, time::Clock const&, storage::BlobStore&, paper::Kinds const&, std::string public_url);

}

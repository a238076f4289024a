#include "decree/issue.hpp"
#include "decree/issue_pages.hpp"
#include "organization/unit.hpp"
#include "paper/press.hpp"
#include "paper/words.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>

namespace kpuhub::decree {

constexpr storage::Query plans_of_year { "decree.plans_of_year", R"sql(
    SELECT p.unit_id, p.place FROM plan p WHERE p.year = $1 AND p.plan_kind = 'office'
       AND EXISTS (SELECT 1 FROM plan_node n WHERE n.plan_id = p.subject_id AND n.removed_at IS NULL) ORDER BY p.unit_id )sql" };
constexpr storage::Query decree_of_year { "decree.decree_of_year", R"sql(
    SELECT o.subject_id, s.version, o.number FROM official_paper o JOIN subject s ON s.id = o.subject_id
     WHERE o.unit_id = $1 AND o.paper_kind = 'decree' AND o.once_key = $2 AND o.void = 0 )sql" };

namespace {

struct Order {
    int year = 0;
    time::Date dated_on {};
    std::vector<std::int64_t> units {};     ///< empty = all
};

struct Office {
    UnitId unit {};
    std::string place;
};

std::optional<Order> order_in(std::string const& payload)
{
    auto const json = nlohmann::json::parse(payload, nullptr, false);
    if (!json.is_object())
        return {};
    auto const on = time::Date::from_iso(json.value("dated_on", ""));
    return on ? std::optional { Order { json.value("year", 0), *on, json.value("units", std::vector<std::int64_t> {}) } } : std::nullopt;
}

std::vector<Office> offices_of(storage::Reader& reader, Order const& order)
{
    std::vector<Office> all;
    for (auto const& row : reader.query(plans_of_year, order.year))
        if (order.units.empty() || std::ranges::find(order.units, row.integer(0)) != order.units.end())
            all.push_back({ row.id<UnitTag>(0), row.text(1) });
    return all;
}

std::vector<std::int64_t> values_of(std::vector<UnitId> const& units)
{
    std::vector<std::int64_t> values;
    for (auto const unit : units)
        values.push_back(unit.value);
    return values;
}

/// The decree of one office up to its number, once: what stands there already is taken as it is.
Result<PaperId> numbered(storage::Database& database, paper::Kinds const& kinds, journal::Act const& act, Office const& office, Order const& order)
{
    return database.write([&](storage::Transaction& transaction) -> Result<PaperId> {
        auto row = transaction.first(decree_of_year, office.unit, std::to_string(order.year));
        if (!row) {
            TRY(start_decree(transaction, act, office.unit, order.year));
            row = transaction.first(decree_of_year, office.unit, std::to_string(order.year));
        }
        auto const id = row->id<PaperTag>(0);
        if (!row->text(2).empty())
            return id;
        auto const place = office.place.empty() ? paper::place_of_office(TRY(organization::unit_by_id(transaction, office.unit, act.today)).name) : office.place;
        TRY_VOID(paper::give_number(transaction, act, kinds, id, row->integer(1), order.dated_on, place));
        return id;
    });
}

}

std::int64_t count_orders(storage::Reader& reader, int year, std::vector<UnitId> const& units)
{
    return static_cast<std::int64_t>(offices_of(reader, { year, {}, values_of(units) }).size());
}

JobId order_decrees(storage::Transaction& transaction, journal::Act const& act, int year, time::Date dated_on, std::vector<UnitId> const& units)
{
    nlohmann::json const payload { { "year", year }, { "dated_on", dated_on.iso() }, { "units", values_of(units) } };
    return job::enqueue(transaction, issuing_job, payload.dump(), {}, act.actor, act.at);
}

/// One step for each office: killed anywhere, the next run finds what stands and goes on; nothing is issued twice.
void register_issuing(job::Workshop& workshop, storage::Database& database, time::Clock const& clock, storage::BlobStore& blobs, paper::Kinds const& kinds, std::string public_url)
{
    workshop.add(issuing_job, [&workshop, &database, &clock, &blobs, &kinds, public_url = std::move(public_url)](job::Job const& job) -> Result<void> {
        auto const order = order_in(job.payload);
        if (!order)
            return invalid("decree.paper.order");
        auto const offices = TRY(database.read([&](storage::Reader& reader) -> Result<std::vector<Office>> { return offices_of(reader, *order); }));
        constexpr std::int64_t lease_ms = 300'000;          // one office may take a minute on a busy machine
        std::string first_fault;
        for (std::size_t i = 0; i < offices.size(); ++i) {
            if (workshop.stopping())
                return job::stopped();
            bool const still_ours = TRY(database.write([&](storage::Transaction& transaction) -> Result<bool> {
                return job::progress(transaction, job, std::max(static_cast<std::int64_t>(i), job.done_steps), static_cast<std::int64_t>(offices.size()), clock.now(), lease_ms);
            }));
            if (!still_ours)
                return {};
            // The program acts: who ordered it has been asked when the order was given.
            auto const paper = numbered(database, kinds, journal::make_act({}, clock.now(), clock.today()), offices[i], *order);
            auto written = paper ? paper::write_edition(database, blobs, kinds, *paper, paper::Edition::Final, public_url, clock.now()) : Result<void> { tl::make_unexpected(paper.error()) };
            if (!written && first_fault.empty())
                first_fault = written.error().message_key;      // the others are issued all the same
        }
        TRY_VOID(database.write([&](storage::Transaction& transaction) -> Result<void> {
            job::progress(transaction, job, static_cast<std::int64_t>(offices.size()), static_cast<std::int64_t>(offices.size()), clock.now(), lease_ms);
            return {};
        }));
        if (!first_fault.empty())
            return invalid(first_fault);
        return {};
    });
}

}

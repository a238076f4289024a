#pragma once
#include "paper/series.hpp"
#include "report/package.hpp"

namespace kpuhub::report {

// Statements of the packages; private to the room.
std::optional<Package> load_any(storage::Reader&, PackageId);
std::optional<PackageId> package_of_period(storage::Reader&, UnitId, int year, std::string_view period);
void insert_package(storage::Transaction&, journal::Act const&, PackageId, UnitId, int year, std::string_view period);
void write_contents(storage::Transaction&, PackageId, Contents const&);
/// False when it is no signed paper of the office.
bool add_paper(storage::Transaction&, PackageId, UnitId, PaperId);
/// False when it is no row of the office's plan.
bool add_row(storage::Transaction&, PackageId, UnitId, DeliverableId);
void insert_round(storage::Transaction&, journal::Act const&, PackageId, std::int64_t round, std::string const& note);
void insert_delivery(storage::Transaction&, PackageId, std::int64_t round, std::string_view recipient, UnitId);
void write_archive(storage::Transaction&, PackageId, std::int64_t round, std::string const& hash, std::int64_t bytes);
void insert_file(storage::Transaction&, PackageId, std::int64_t round, PackedFile const&);
/// Of a round that was packed: packing -> sent.
void hand_over(storage::Transaction&, PackageId, std::int64_t round);
/// Of a round whose packing failed and is asked again.
void drop_round(storage::Transaction&, PackageId, std::int64_t round);
void write_receipt(storage::Transaction&, journal::Act const&, PackageId, Delivery const&, paper::TakenNumber const&, EvidenceId);
void write_decision(storage::Transaction&, journal::Act const&, PackageId, Delivery const&, DeliveryState, std::string const& reason);

}

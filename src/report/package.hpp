#pragma once
#include "core/id.hpp"
#include "core/result.hpp"
#include "evidence/link_listener.hpp"
#include "journal/act.hpp"
#include "paper/series.hpp"
#include "report/period.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::report {

using PackageId = Id<struct PackageTag>;

/// Whom a package is sent to: the office itself ("own") or the office above it of a level (definitions/reports/package.yaml).
struct Recipient {
    std::string code;                   ///< "province"
    std::string level;                  ///< own, province, national
    std::string title;                  ///< "KPU Provinsi", as printed
};
std::vector<Recipient> const& recipients();
/// What rows that a receipt can prove speak of: the first search of the page.
std::string const& row_word();
/// Nothing for a code outside of the list.
Recipient const* recipient_of(std::string_view code);

/// Disusun, sedang dikemas, terkirim.
enum class PackageState { Draft, Packing, Sent };
/// Sedang dikemas, terkirim, diterima, dikembalikan, disetujui.
enum class DeliveryState { Packing, Sent, Received, Returned, Accepted };
std::string_view to_text(PackageState);
std::string_view to_text(DeliveryState);

/// What an office sends up for a period, and what the reader may do with it.
struct Package {
    PackageId id {};
    UnitId unit {};
    std::string unit_code, unit_name;
    int year = 0;
    std::string period;
    PackageState state = PackageState::Draft;
    std::int64_t version = 0;
    std::string note;
    bool with_plan = true;
    bool with_proofs = true;
    std::int64_t round = 0;             ///< of the last sending
    bool may_send = false;
};

/// Where one sending stands with one recipient.
struct Delivery {
    std::int64_t round = 0;
    std::string recipient;
    UnitId unit {};                     ///< the office addressed
    std::string unit_name;
    DeliveryState state = DeliveryState::Packing;
    std::string receipt_number;
    std::optional<time::Instant> received_at {};
    std::string received_by;
    EvidenceId evidence {};
    std::optional<time::Instant> decided_at {};
    std::string decided_by;
    std::string reason;
    bool may_receive = false;           ///< the reader acts for the office addressed and did not send it
};

struct PackedFile {
    std::int64_t place = 0;
    std::string path;                   ///< inside the archive; empty for what lies elsewhere
    std::string title;
    std::string hash;                   ///< SHA-256; empty when there is no file
    std::int64_t bytes = 0;
};

struct Round {
    std::int64_t round = 0;
    std::string note;
    time::Instant sent_at {};
    PersonId sent_by {};
    std::string sent_by_name;
    std::string archive_hash;           ///< empty until it is written
    std::int64_t archive_bytes = 0;
    std::vector<PackedFile> files {};   ///< in their order
};

/// What goes along with the next sending.
struct Contents {
    std::vector<PaperId> papers {};     ///< signed ones of the office
    std::vector<DeliverableId> rows {}; ///< that the receipt will prove
    bool with_plan = true;
    bool with_proofs = true;
    std::string note {};                ///< at most 4,000 bytes
};

// Actions of the sender: need report.send in the office. Errors: NotFound when he may not read it, Forbidden, Conflict
// "subject.changed", "report.package.packing" while a job writes the archive.

/// The package of a period; the one that is there already is found. Errors: Invalid "report.period_wrong".
Result<PackageId> create(storage::Transaction&, journal::Act const&, UnitId, int year, std::string_view period);
/// Errors: also NotFound for a paper that is not a signed one of the office or a row that is not one of its plan.
Result<void> save(storage::Transaction&, journal::Act const&, PackageId, std::int64_t shown_version, Contents const&);
/// A new round to the recipients named; a job packs the archive, then it is with them. `retry`: the job of the round failed.
/// Errors: also Invalid "report.send.nobody", "report.send.empty"; Conflict "report.send.open" when it is still with one of them.
Result<void> send(storage::Transaction&, journal::Act const&, PackageId, std::int64_t shown_version, std::vector<std::string> const& recipients);

// Actions of the office addressed, on its last delivery: need report.receive there, or report.steer for the office's own steering
// team; never by the one who sent it. Errors: NotFound, Forbidden, Conflict "subject.changed", "report.delivery.closed".

/// Tanda terima: takes a number of the receiver's series and brings it as proof to the rows bound by the sender.
Result<void> receive(storage::Transaction&, journal::Act const&, evidence::LinkListener&, PackageId, std::int64_t shown_version, std::string_view recipient);
/// Errors: also Invalid "report.return.reason" without one.
Result<void> give_back(storage::Transaction&, journal::Act const&, PackageId, std::int64_t shown_version, std::string_view recipient, std::string reason);
Result<void> accept(storage::Transaction&, journal::Act const&, PackageId, std::int64_t shown_version, std::string_view recipient);

// Reading, with plan.read in the office that sends.
Result<Package> find_package(storage::Reader&, PersonId, time::Date today, PackageId);
/// Newest period first.
std::vector<Package> packages_of(storage::Reader&, PersonId, time::Date today, UnitId, int year);

/// A package that waits at an office: sent to it or received and not yet decided, oldest first, at most 100.
struct Waiting {
    PackageId id {};
    std::string unit_code, unit_name;
    int year = 0;
    std::string period, recipient;
    DeliveryState state = DeliveryState::Sent;
    time::Instant sent_at {};
};
std::vector<Waiting> waiting_at(storage::Reader&, PersonId, time::Date today, UnitId);

/// Latest round first, with the files of each. One statement.
std::vector<Round> rounds_of(storage::Reader&, PackageId);
std::vector<Delivery> deliveries_of(storage::Reader&, PersonId, time::Date today, PackageId);
std::vector<PackedFile> files_of_round(storage::Reader&, PackageId, std::int64_t round);

/// A row that the receipt will prove.
struct BoundRow {
    DeliverableId id {};
    std::string text;
    time::Date due_on {};
    std::string state;
};
/// What the sender has ticked. One statement.
struct Chosen {
    std::vector<PaperId> papers;
    std::vector<BoundRow> rows;
};
Chosen chosen_in(storage::Reader&, PackageId);

}

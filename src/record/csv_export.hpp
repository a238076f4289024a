#pragma once
#include "http/response.hpp"
#include "record/page_parts.hpp"
#include <memory>
#include <mutex>
#include <set>

namespace kpuhub::record {

inline constexpr int rows_of_a_piece = 1000;
inline constexpr std::string_view row_count_field = "X-Row-Count";      ///< header of a short export, trailer of a long one

/// Number, state, made on, made by, then the fields.
std::vector<std::string> export_heading(std::vector<definition::Field const*> const&);
std::vector<std::string> export_cells(Record const&, Place const&, std::vector<definition::Field const*> const&);
/// A line with its end; cells that a spreadsheet would run are text (text::csv_cell).
std::string csv_line(std::vector<std::string> const& cells);

/// One export at a time for each account (security.md 14), for as long as the returned token lives.
class ExportSlots {
public:
    using Slot = std::shared_ptr<void>;
    /// Nothing when one runs already.
    std::optional<Slot> take(AccountId);

private:
    struct Taken {
        std::mutex mutex;                   ///< guards accounts
        std::set<AccountId> accounts;
    };
    std::shared_ptr<Taken> m_taken = std::make_shared<Taken>();
};

/// The records of a list as lines of CSV, the newest first: a page of the keyset for each piece, so that no snapshot is held between two.
/// Each piece asks anew whether the reader is still signed in and what he may read; when he may no longer, the body ends unfinished. The
/// read log hears how many records went out, and whether the reader took all of them.
class CsvExport final : public http::BodyStream {
public:
    CsvExport(account::Visit const&, Surroundings const&, Place, Question, std::vector<definition::Field const*>, ExportSlots::Slot);
    ~CsvExport() override;
    CsvExport(CsvExport const&) = delete;
    CsvExport& operator=(CsvExport const&) = delete;

    Result<std::string> next() override;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> trailer() const override;
    [[nodiscard]] bool whole() const { return m_whole; }
    [[nodiscard]] std::int64_t rows() const { return m_rows; }

private:
    Result<Listed> read_piece();

    storage::Database& m_database;
    time::Clock const& m_clock;
    Surroundings m_around;
    std::string m_token;                    ///< of the session
    Place m_place;
    Question m_question;
    std::vector<definition::Field const*> m_fields;
    ExportSlots::Slot m_slot;
    std::int64_t m_rows = 0;
    bool m_whole = false;
};

/// What the reader may see of all records, in the order of the definition.
std::vector<definition::Field const*> export_fields(Place const&);

}

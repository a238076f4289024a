#pragma once
#include "record/record_list.hpp"
#include "record/record_pages.hpp"
#include "view/parts.hpp"

namespace kpuhub::record {

/// A value of a record as a page and a machine read it: words and code are made of it when it is described.
struct Cell {
    definition::Field const* field = nullptr;   ///< of a register of the shelf, which is kept there
    storage::Value value {};                    ///< the codes of many choices behind one another: "a,b"
    std::string name {};                        ///< of a person, unit, reference or file; the labels of many choices
    time::Zone zone = time::Zone::Wib;
    text::Language language = text::Language::Indonesian;
    bool narrow = false;                        ///< in a table: days and moments without the name of the day
    [[nodiscard]] std::string code() const;
    void describe(view::Visitor&) const;
};
Cell cell_for(definition::Field const&, Record const&, Place const&, text::Language);

view::StateMark mark_of(definition::Register const&, std::string const& state, text::Language);

inline Asker asker_of(account::Visit const& visit) { return { visit.reader.person, visit.reader.today }; }
inline text::Language language_of(view::Frame const& frame) { return frame.language; }

/// Whether the form brings files: a browser sends an empty one for each input that nothing was chosen in.
bool brings_files(account::Visit const&);

/// The register of the address ({unit}, {register}). Errors: NotFound.
Result<Place> place_in_address(storage::Reader&, account::Visit const&, Surroundings const&);
/// The record of the address ({record}) if this reader may read it. Errors: NotFound.
struct ReadRecord {
    RecordPlace at;
    Record record;
    bool own = false;
};
/// A page that shows it (GET) is noted in the read log, unless it is his own.
Result<ReadRecord> record_in_address(storage::Reader&, account::Visit const&, Surroundings const&, ReadAct = ReadAct::Opened);
Result<SubjectId> record_id_in_address(account::Visit const&);

/// Notes in the read log that this reader saw records of others (one, or the rows of a list).
void note_read(account::Visit const&, Surroundings const&, Place const&, ReadAct, std::int64_t rows, SubjectId record = {});

/// The frame of a page of this room, with crumbs: registers > this register > (record).
view::Frame frame_of(account::Visit const&, Place const&, view::Sentence title, std::string const& record_address = {}, std::string const& record_title = {});

/// "GR-1571-2026-004", or the title of the register when the record has no number.
std::string title_of(definition::Register const&, Record const&, text::Language);

/// "2026-03"; and "Maret 2026".
bool is_month(std::string const&);
std::string month_words(std::string const& month, text::Language);

inline std::string address_of(SubjectId id) { return "/records/" + std::to_string(id.value); }

/// Looks at the files of a form ("f.<document field>", "attachment") and stores them. `held` is kept until the row is written.
Result<std::vector<NewFile>> files_in(account::Visit const&, Place const&, Surroundings const&);
/// Files of the public that were looked at, of a form that came to nothing, count against the limit of their network.
void count_refused_files(account::Visit const&, Place const&, Fault const&);

/// A file of a record as a download; the reader's right was checked.
Result<http::Response> file_answer(Surroundings const&, RecordFile const&);

// --- the routes, one file each ---
void register_list_pages(account::Door const&, http::Router&, Surroundings const&);
void register_form_pages(account::Door const&, http::Router&, Surroundings const&);
void register_record_pages(account::Door const&, http::Router&, Surroundings const&);
void register_row_pages(account::Door const&, http::Router&, Surroundings const&);
void register_bulk_pages(account::Door const&, http::Router&, Surroundings const&);
void register_import_pages(account::Door const&, http::Router&, Surroundings const&);
void register_export_pages(account::Door const&, http::Router&, Surroundings const&);
void register_public_pages(account::Door const&, http::Router&, Surroundings const&);
void register_prove_pages(account::Door const&, http::Router&, Surroundings const&);
void register_relation_pages(account::Door const&, http::Router&, Surroundings const&);
void register_matrix_pages(account::Door const&, http::Router&, Surroundings const&);
void register_card_pages(account::Door const&, http::Router&, Surroundings const&);
void register_public_record_pages(account::Door const&, http::Router&, Surroundings const&);
void register_index_pages(account::Door const&, http::Router&, Surroundings const&);
void register_intake_pages(account::Door const&, http::Router&, Surroundings const&);
void register_recap_pages(account::Door const&, http::Router&, Surroundings const&);
void register_read_log_pages(account::Door const&, http::Router&, Surroundings const&);
void register_retention_pages(account::Door const&, http::Router&, Surroundings const&);
void register_track_pages(account::Door const&, http::Router&, Surroundings const&);

}

#pragma once
#include "account/door.hpp"
#include "definition/indicator_publication.hpp"
#include "evidence/file_intake.hpp"
#include "evidence/link_listener.hpp"
#include "evidence/subject_catalog.hpp"
#include "http/router.hpp"
#include "record/read_log.hpp"
#include "record/record_actions.hpp"

namespace kpuhub::record {

/// A page of another room about records of one register: "/records/7" + path, with the words of its button. The rows of `list` are kept
/// there: the record's own pages show them and change none.
struct FurtherPage {
    std::string register_id, path, words;
    std::string list {};
};

/// What the pages of records need from the rest of the program; all of it outlives them.
struct Surroundings {
    definition::Shelf& shelf;
    evidence::FilePlaces files;
    Listeners const& listeners;
    evidence::SubjectCatalog& catalog;      ///< rows of the plan that a record may prove
    evidence::LinkListener& proofs;
    RecordClocks& clocks;
    ReadLog& reads;
    definition::IndicatorShelf* indicators = nullptr;   ///< titles of the figures that a record feeds; none: they are not shown
    std::vector<FurtherPage> further {};
    [[nodiscard]] bool kept_elsewhere(std::string_view register_id, std::string_view list) const;
    [[nodiscard]] Desk desk() const { return { shelf, listeners, &clocks }; }
};

/// All pages of registers and records.
void register_pages(account::Door const&, http::Router&, Surroundings const&);

}

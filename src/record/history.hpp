#pragma once
#include "journal/journal.hpp"
#include "record/place.hpp"
#include "view/visitor.hpp"

namespace kpuhub::record {

/// The fields of an event: state as it was and is, and the changed values as one personal value, so that they can be erased together
/// (the event holds only its commitment).
std::vector<journal::Field> change_fields(definition::Register const&, Record const* before, Record const& after, time::Zone);
std::vector<journal::Field> child_fields(definition::Field const& list, Content const&, time::Zone);

/// One line of the history of a record.
struct HistoryLine {
    view::Moment at;
    std::string who;
    std::string on_behalf;
    view::Sentence what;
    std::string reason;
    std::optional<view::Moment> due {};         ///< of a limit that starts or goes on
    std::vector<std::string> changes {};        ///< "Nilai taksiran: 450000", only of fields that the reader may see
    void describe(view::Visitor&) const;
};
std::vector<HistoryLine> history_of(std::vector<journal::Event> const&, Place const&, bool own, text::Language);

}

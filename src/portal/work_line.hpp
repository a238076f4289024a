#pragma once
#include "plan/task_lists.hpp"
#include "view/parts.hpp"

namespace kpuhub::portal {

/// One deliverable of a list: row, due day, how late, what is missing, whose it is, and the step that goes on from here.
struct WorkRow {
    std::string code;                       ///< "1.1.3" of the printed numbers
    std::string title;
    view::Link link;
    time::Date due {};
    bool before_decree = false;             ///< was due before the decree was signed: never late
    std::optional<view::Sentence> late {};  ///< "lewat 15 hari"
    view::Sentence proof;                   ///< "Belum ada bukti." or how many
    std::string reason;                     ///< of the return
    std::string owner;                      ///< post or sub-division, with the person; empty = nobody
    std::string sender;
    view::StateMark state;
    view::Sentence step;                    ///< "Kirim bukti", "Perbaiki", "Periksa"
    view::Link step_link;
    void describe(view::Visitor&) const;
};

WorkRow work_row(plan::WorkLine const&, time::Date today);
std::vector<WorkRow> work_rows(std::vector<plan::WorkLine> const&, time::Date today);

}

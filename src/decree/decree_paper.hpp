#pragma once
#include "codec/paper.hpp"
#include "decree/wording.hpp"
#include "paper/paper.hpp"
#include "plan/plan_sheet.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>

namespace kpuhub::decree {

/// Everything that a printed decree says beside the rows of its plan.
struct DecreeFacts {
    std::string unit_name;                      ///< "KPU Kota Gorontalo"
    int year = 0;
    std::string number;                         ///< empty prints dots
    std::optional<time::Date> dated_on {};
    std::string place;
    std::string minutes_number;
    std::optional<time::Date> minutes_on {};
    paper::Edition edition = paper::Edition::Preview;
    codec::PaperSize size = codec::PaperSize::F4;
    std::string public_url {};                  ///< with `code`: a QR code to the public page
    std::string code {};
};

/// The decree in portrait with its annex across: heading, Menimbang, Mengingat, Memperhatikan, dicta, signature; the plan as a table
/// with merged cells, the marks as printed, KET, and the closing block. A pure function. Source of the form: PKPU 2/2021.
codec::Paper decree_paper(plan::Tree const&, Wording const&, DecreeFacts const&);

/// The same as a decree that is in force already prints itself: only the texts of the plan's own decree (a plan without one gets
/// those of `own`), and who answers for each row where that is known. Importing it gives the same plan and decree.
codec::Paper decree_of_plan(plan::Tree const&, Wording const& own, plan::SheetWords const&, codec::PaperSize);

}

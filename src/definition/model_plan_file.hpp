#pragma once
#include "definition/node.hpp"

namespace kpuhub::definition {

/// The model plan (rencana model) of definitions/plan_shapes/model_plan.yaml as values. Words of the closed lists (rhythm, kind,
/// authority) are checked here and are those of the plan tables.
struct ModelIndicator {
    std::string key;                    ///< butir: the common item by which offices are compared
    std::string text;
    std::string kind;                   ///< document, count, share, index, trend
};
struct ModelSubactivity {
    std::string key;                    ///< butir of the sub-activity
    std::string text;
    std::vector<int> months;            ///< usual ones, 1 to 12, ascending
    std::string rhythm;                 ///< each_mark, once_in_run, continuous, monthly
    int due_day = 0;                    ///< fixed due day, 1 to 31; 0 = month end
    int due_months_after = 0;           ///< 1 = of the following month
    std::string owner;                  ///< key of a usual sub-division
    std::string authority;              ///< office, province, national
    std::string proof;                  ///< what is usually expected as evidence
    std::vector<ModelIndicator> indicators;
};
struct ModelActivity {
    std::string name;
    std::vector<ModelSubactivity> subactivities;
};
struct ModelArea {
    int number = 0;                     ///< 1 to 8
    std::vector<ModelActivity> activities;
};

/// Errors: Invalid with file and line: an area missing or out of order, a key given twice, an unknown rhythm, kind or authority,
/// months that do not rise, "monthly" or "continuous" without all twelve months.
Result<std::vector<ModelArea>> load_model_plan(std::string_view file, std::string_view text);

}

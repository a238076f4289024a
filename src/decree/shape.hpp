#pragma once
#include "core/result.hpp"
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kpuhub::definition {
class CommonItems;
}

namespace kpuhub::decree {

enum class Column { Number, Area, Activity, Subactivity, Indicator, Months, Note, Owner, Output, Extra };

struct AreaShape {
    int number = 0;
    std::string name;
    std::vector<std::string> names;                     ///< plain
    std::vector<std::pair<std::string, int>> words;     ///< plain wording and its weight
};

/// Words by which months are told in sentences; each as its tokens (month_words.hpp).
struct WhenWords {
    using Phrases = std::vector<std::vector<std::string>>;
    std::map<std::string, Phrases> phrases {};          ///< by their name in the YAML ("range", "quarter", "every_month" ...)
    std::vector<std::vector<std::string>> ordinals {};  ///< the words for 1, 2, 3 ...
};

/// By what a printed plan is recognised. Loaded from definitions/plan_shapes/*.yaml; immutable afterwards.
struct Shape {
    std::map<Column, std::vector<std::string>> columns;
    std::array<std::vector<std::string>, 12> months;
    std::vector<std::string> marks;
    std::vector<std::string> no_marks;
    std::vector<std::string> value_units;
    WhenWords when;
    std::vector<AreaShape> areas;
    std::map<std::string, std::vector<std::string>> authority;
    std::vector<std::string> tentative;
    std::vector<std::pair<std::string, std::vector<std::string>>> indicator_kind;   ///< in the order in which they are tried
    std::vector<std::pair<std::string, std::vector<std::string>>> rhythm;

    std::shared_ptr<definition::CommonItems const> items {};    ///< none: no item is proposed

    /// `recognised`: read from a picture, where a letter or two may be wrong.
    [[nodiscard]] std::optional<Column> column_of(std::string_view heading, bool recognised = false) const;
    [[nodiscard]] int month_of(std::string_view label) const;   ///< 1 to 12; 0 when it is no month
    [[nodiscard]] bool is_mark(std::string_view cell) const;
    /// "25%", "2 dok": a figure that stands in a month's cell instead of a mark.
    [[nodiscard]] bool is_value(std::string_view cell) const;
    /// The area whose printed name is closest, with the closeness from 0 to 1.
    [[nodiscard]] std::pair<int, double> area_named(std::string_view text) const;
    /// Weight of an area's wordings in a text (already plain).
    [[nodiscard]] int weight(int area, std::string_view plain_text) const;
    [[nodiscard]] AreaShape const* area(int number) const;
};

/// `areas` names the areas of change (areas.yaml). Errors: Broken with the place in the YAML.
Result<Shape> read_shape(std::string_view yaml, std::string_view areas);

/// The shape compiled into the program: definitions/plan_shapes/rb_action_plan.yaml, areas.yaml and common_items.yaml.
Result<Shape> built_in_shape();

}

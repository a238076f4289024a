#pragma once
#include "definition/model_plan_file.hpp"
#include <optional>

namespace kpuhub::definition {

/// Proposes the common item (butir) of a success indicator from its words. Immutable; a proposal, never a decision.
class CommonItems {
public:
    /// `model` gives the known keys and their own wording; the file gives further wordings.
    /// Errors: Invalid with file and line: a key that the model does not know, an area outside 1 to 8, an empty phrase.
    static Result<CommonItems> load(std::string_view file, std::string_view text, std::vector<ModelArea> const& model);

    /// The key of the item, or nothing when no wording fits or two items fit equally well. `area_no` 0 = unknown area.
    [[nodiscard]] std::optional<std::string> propose(int area_no, std::string_view text) const;

private:
    struct Phrase {
        std::string key;
        std::vector<int> areas;             // empty = all
        std::vector<std::string> words;     // "word*" = begins with
    };

    std::vector<Phrase> m_phrases;
};

}

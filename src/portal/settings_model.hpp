#pragma once
#include "view/parts.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::portal {

struct SettingChoice {
    std::string value;
    view::Sentence label;
    bool chosen = false;
    void describe(view::Visitor&) const;
};

/// A setting that this version does not know: shown, never changed here.
struct OtherSetting {
    std::string name, value;
    void describe(view::Visitor&) const;
};

/// What an office sets for itself: web/templates/portal/settings.mustache.
struct SettingsPage {
    std::string office;
    std::string embed;                      ///< as typed or saved, one origin a line
    bool embedded = false;                  ///< at least one site is allowed
    std::string address {};                 ///< lines of the letterhead
    std::vector<SettingChoice> documents;
    std::string snippet;                    ///< HTML for the office's site
    std::vector<OtherSetting> others;
    view::Link action, public_page;
    std::optional<view::FieldErrors> errors {};
    void describe(view::Visitor&) const;
};

}

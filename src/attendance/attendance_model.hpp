#pragma once
#include "attendance/attendance.hpp"
#include "codec/paper.hpp"
#include "paper/signers.hpp"
#include "view/parts.hpp"

namespace kpuhub::attendance {

struct AttendeeLine {
    std::int64_t row = 0;
    std::string name, institution;
    bool guest = false;
    std::optional<view::Moment> came_at {};
    view::Link strike {};                   ///< empty: the reader may not
    void describe(view::Visitor&) const;
};

struct StruckLine {
    std::string who, reason, by;
    void describe(view::Visitor&) const;
};

/// The list of an event, and what its host does with it. web/templates/attendance/list.mustache
struct ListPage {
    std::string title, unit_name, place;
    std::optional<time::Date> held_on {};
    std::int64_t came = 0;
    bool host = false, open = false, opened = false;
    bool closes = false;                    ///< may close it now
    std::vector<AttendeeLine> rows {};
    std::vector<StruckLine> struck {};
    std::string guest {}, institution {};
    view::Link screen {}, paper {}, record {}, to_open {}, to_rows {}, to_closing {};
    std::optional<view::EmptyState> nothing {};
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};

/// The wall: the code, and who has come. web/templates/attendance/screen.mustache
struct ScreenPage {
    std::string title, unit_name, place;
    std::optional<time::Date> held_on {};
    std::int64_t came = 0, newest = 0;      ///< newest: number of the newest row, to ask for those since
    bool open = false;
    std::string address {};                 ///< what the code says
    view::Link code {}, list {};            ///< code: its picture
    std::int64_t seconds = 0;               ///< until the code changes
    std::vector<AttendeeLine> rows {};      ///< newest first; those since a row when asked so
    void describe(view::Visitor&) const;
};

/// What somebody sees who has scanned: one tap for staff, a name for guests. web/templates/attendance/sign.mustache
struct SignPage {
    std::string title, unit_name, place, person;
    std::optional<time::Date> held_on {};
    bool good = false, done = false, before = false, staff = false;
    std::string ticket {}, guest {}, institution {};
    view::Link action {}, sign_in {}, home {};
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};

AttendeeLine line_of(Event const&, Attendee const&, bool host);
/// The list with places for signatures, and who signs below.
codec::Paper list_paper(Event const&, std::vector<Attendee> const&, std::vector<paper::OfficeSigner> const&, time::Date today);

}

#pragma once
#include "codec/xlsx_writer.hpp"
#include "indicator/value.hpp"
#include "portal/indicator_words.hpp"
#include "text/messages.hpp"
#include "view/visitor.hpp"
#include <string>
#include <vector>

namespace kpuhub::portal {

/// A value as pages, sheets and machines read it.
struct FigureValue {
    view::Choice standing;                  ///< measured, not_reported, not_applicable, withheld
    view::Sentence words;
    std::string exact;                      ///< "2/5"; empty when not measured
    std::int64_t numerator = 0, denominator = 0;
    bool counted = false;                   ///< both numbers may be shown
    bool alone = false;                     ///< only the numerator says something
    bool reached = false, below = false;    ///< against the target
    bool incomplete = false;
    std::int64_t reported = 0, expected = 0;
    std::optional<Ratio> percent {};        ///< of a share: for the sheet
    void describe(view::Visitor&) const;
};

struct IndicatorLine {
    std::string title;
    std::int64_t area = 0;                  ///< change area of the first system that it serves; 0: none, or of several
    std::optional<view::Sentence> heading;  ///< name of the area, above the first of its lines
    view::Link link;
    view::Sentence period;
    FigureValue value;
    std::optional<view::Sentence> target;
    view::SafeHtml trend;
    void describe(view::Visitor&) const;
};

/// What web/templates/portal/indicators.mustache shows.
struct IndicatorsPage {
    std::string unit_name;
    std::vector<IndicatorLine> rows;
    std::int64_t reached = 0, below = 0;
    view::Link dashboard;
    void describe(view::Visitor&) const;
};

/// A unit below with the value of its branch, and what it is made of.
struct BranchRow {
    std::string code, name;
    view::Link link;
    FigureValue value;
    view::Link numerator_list, denominator_list;
    std::optional<view::Sentence> now {};   ///< of a closed period: what it would be today
    void describe(view::Visitor&) const;
};

struct TrendLine {
    view::Sentence period;
    view::Link link;
    FigureValue value;
    bool closed = false, current = false;
    void describe(view::Visitor&) const;
};

/// A bucket of a spread.
struct BucketRow {
    view::Sentence range;
    std::int64_t records = 0;
    view::Link list;
    void describe(view::Visitor&) const;
};

/// What web/templates/portal/indicator.mustache shows.
struct IndicatorPage {
    std::string unit_name, title, lead;
    view::Sentence period;
    std::string period_code;
    FigureValue value;
    std::string numerator_words, denominator_words;
    view::Link numerator_list, denominator_list;
    std::optional<view::Sentence> target;
    bool closed = false, building = false, own_only = false;
    std::optional<view::Sentence> changed_to {};    ///< what a closed period would be today, when that differs
    view::SafeHtml chart;
    std::vector<BranchRow> branches;
    std::vector<TrendLine> trend;
    std::vector<BucketRow> buckets;
    std::vector<std::string> how;
    std::string source;
    view::Sentence since;                   ///< version and first day
    view::Link earlier, later, xlsx, csv, all;
    view::Link borders {};                  ///< to the tree of today, or back to that of the period
    bool borders_of_today = false;
    void describe(view::Visitor&) const;
};

/// The page as a sheet, in the words of the page.
codec::Sheet indicator_sheet(IndicatorPage const&, text::Messages const&, text::Language);

/// The records behind a number.
struct BehindRow {
    std::string unit_name, number, title, state;
    view::Link link;
    time::Date on {};
    void describe(view::Visitor&) const;
};
struct BehindPage {
    std::string unit_name, title, what;
    view::Sentence period;
    std::vector<BehindRow> rows;
    std::int64_t hidden = 0;                ///< records that this reader may not open
    std::optional<view::Link> more {};
    view::Link back {};
    void describe(view::Visitor&) const;
};

/// A value for the page. `withheld`: the number is of so few people that this reader is not told it.
FigureValue figure_value(IndicatorWords const&, definition::Indicator const&, indicator::Value const&, bool withheld = false);

}

#pragma once
#include "codec/xlsx_writer.hpp"
#include "portal/work_line.hpp"
#include "text/messages.hpp"
#include "view/parts.hpp"
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::portal {

struct HeatCell {
    std::string css;
    std::string text;                       ///< "92", "bl" (no plan yet), "–" (nothing due)
    std::optional<view::Link> link;
    Ratio share;
    void describe(view::Visitor& v) const
    {
        v.field("css", css);
        v.field("text", text);
        v.field("link", link);
        v.field("share", share);
    }
};

struct HeatRow {
    std::string code, name;
    view::Link link;
    std::vector<HeatCell> cells;
    std::int64_t late = 0;
    view::Link late_link;
    bool has_plan = false;
    std::int64_t fixed = 0, units = 0;      ///< plans fixed in the branch, of how many units
    std::optional<view::Sentence> lowest;   ///< for phones: the lowest area
    void describe(view::Visitor& v) const
    {
        v.field("code", code);
        v.field("name", name);
        v.field("link", link);
        v.list("cells", cells);
        v.field("late", late);
        v.field("late_link", late_link);
        v.field("has_plan", has_plan);
        v.field("fixed", fixed);
        v.field("units", units);
        v.field("lowest", lowest);
    }
};

struct AreaHead {
    std::int64_t number = 0;
    view::Sentence name;
    void describe(view::Visitor& v) const
    {
        v.field("number", number);
        v.field("name", name);
    }
};

/// A month or a quarter; each number opens its list.
struct PeriodRow {
    view::Sentence name;
    std::int64_t planned = 0, due = 0, verified = 0, late = 0;
    view::Link list;                        ///< all that falls due in it
    view::Link due_list, verified_list, late_list;
    void describe(view::Visitor& v) const
    {
        v.field("name", name);
        v.field("planned", planned);
        v.field("due", due);
        v.field("verified", verified);
        v.field("late", late);
        v.field("list", list);
        v.field("due_list", due_list);
        v.field("verified_list", verified_list);
        v.field("late_list", late_list);
    }
};

/// A month or quarter beside the same one of last year: verified of what fell due in it.
struct TrendRow {
    view::Sentence name;
    Ratio now, before;
    bool known_now = false, known_before = false;
    view::Link list, list_before;
    void describe(view::Visitor& v) const
    {
        v.field("name", name);
        v.field("now", now);
        v.field("before", before);
        v.field("known_now", known_now);
        v.field("known_before", known_before);
        v.field("list_now", list);
        v.field("list_before", list_before);
    }
};

struct DashboardPage {
    std::string unit_name;
    std::int64_t year = 0;
    view::Moment as_of;
    Ratio to_date, of_year;
    std::int64_t late = 0, no_proof = 0, apart = 0, submitted = 0;
    std::int64_t fixed = 0, units = 0;
    view::Link late_list, no_proof_list, apart_list, submitted_list, board, earlier, xlsx, csv, self, indicators;
    std::vector<view::Bar> bars;
    std::vector<AreaHead> heads;
    std::vector<HeatRow> rows;
    view::SafeHtml line;
    bool is_office = false;
    std::vector<PeriodRow> periods;
    bool by_quarter = false;
    std::vector<TrendRow> trend;            ///< of one office; up to the present month of this year
    bool has_last_year = false;             ///< last year has figures
    view::Link other_view;                  ///< months instead of quarters, or the other way round
    std::vector<WorkRow> late_rows;         ///< of one office: those that are late for longest
    void describe(view::Visitor& v) const
    {
        v.field("unit_name", unit_name);
        v.field("year", view::Year { static_cast<int>(year) });
        v.field("as_of", as_of);
        v.field("to_date", to_date);
        v.field("of_year", of_year);
        v.field("late", late);
        v.field("no_proof", no_proof);
        v.field("apart", apart);
        v.field("submitted", submitted);
        v.field("fixed", fixed);
        v.field("units", units);
        v.field("late_list", late_list);
        v.field("no_proof_list", no_proof_list);
        v.field("apart_list", apart_list);
        v.field("submitted_list", submitted_list);
        v.field("board", board);
        v.field("earlier", earlier);
        v.field("xlsx", xlsx);
        v.field("csv", csv);
        v.field("indicators", indicators);
        v.field("self", self);
        v.list("bars", bars);
        v.list("heads", heads);
        v.list("rows", rows);
        v.field("line", line);
        v.field("is_office", is_office);
        v.list("periods", periods);
        v.field("by_quarter", by_quarter);
        v.list("trend", trend);
        v.field("last_year_known", has_last_year);
        v.field("last_year", view::Year { static_cast<int>(year) - 1 });
        v.field("other_view", other_view);
        v.list("late_rows", late_rows);
    }
};

/// The page as a sheet: the figures, the table of offices or areas, and the periods, in the words of the page.
codec::Sheet dashboard_sheet(DashboardPage const&, text::Messages const&, text::Language);

}

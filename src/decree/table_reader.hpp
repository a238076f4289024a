#pragma once
#include "decree/header.hpp"
#include "decree/months.hpp"
#include "decree/row_items.hpp"
#include "decree/tree_builder.hpp"
#include <map>
#include <set>

namespace kpuhub::decree {

/// Reads the rows of a plan table into the tree: which text is a new node, which goes on with the one before.
class TableReader {
public:
    TableReader(Draft& draft, Shape const& shape) : m_tree(draft), m_draft(draft), m_shape(shape) {}

    /// Reads from the first header to the closing block; gives the index of the first row behind the table.
    std::size_t read(std::vector<SourceRow> const&, std::size_t first);

private:
    struct Touched {
        std::vector<int> subactivities;
        std::vector<int> indicators;
    };
    struct Span {
        int until = 0;   ///< last row of a merged cell
        std::string mark;
        int subactivity = 0;    ///< beside which it begins
    };
    struct RowMonths {
        int section = 0;
        Months months {};
        bool recognised = false;    ///< on a scan, where a mark may be overlooked
        bool loose = false;         ///< may be the marks of another row, whose text was lost: on a scan below its sub-activity and outside its cell, or on paper without any text
    };
    /// All indicators of one merged cell: each holds for every sub-activity beside it.
    struct MergedIndicators {
        int until = 0;
        std::vector<int> nodes;
    };

    void settle_ways(std::vector<SourceRow> const&, std::size_t first);
    void read_row(SourceRow row);
    static void join_spanned(SourceRow&, Layout const&);
    void look_for_marks(std::vector<SourceRow> const&, std::size_t first);
    bool area_alone(SourceRow const&);
    void area_by_number(std::string number, Source const&);
    void read_single_line(SourceRow const&);
    void cover(std::vector<int> const& subactivities);
    void carry_indicators(SourceRow const&);
    void take_items(RowItems const&, SourceRow const&, Touched&);
    void look_at_confidence(RowItems const&, SourceRow const&, std::vector<int> const& nodes);
    [[nodiscard]] bool indicator_stays(RowItems const&) const;
    void take_area(Item const&, RowItems const&, Source const&);
    void take_activity(Item const&, Source const&);
    void take_subactivity(Item const&, bool with_activity, Source const&, Touched&);
    void take_indicator(Item const&, RowItems const&, bool new_subactivity, Source const&, Touched&);
    void take_indicator_part(std::string const&, Source const&, Touched&);
    [[nodiscard]] bool nested_subactivity(std::string_view text, bool with_activity);
    [[nodiscard]] bool nested_indicator(Marker const&);
    [[nodiscard]] bool continues(int node, std::string_view text);
    /// The same for a text of this row: what was misread goes on only at the head of a page, where no cell parts it from the text before.
    [[nodiscard]] bool continues(int node, Item const&, std::string_view text, Source const&);
    void take_months(RowItems const&, SourceRow const&, Touched const&);
    /// Gives the sub-activities beside which the carried marks begin.
    std::vector<int> carry_merged(SourceRow&);
    void doubt_carried(std::vector<int> const& from, SourceRow const&, Touched const&);
    void remember_merged(SourceRow const&, Touched const&);
    void finish_months();
    void add_finding(FindingKind, Severity, Source const&, std::vector<int> nodes, std::vector<std::string> arguments = {});

    TreeBuilder m_tree;
    Draft& m_draft;
    Shape const& m_shape;
    Layout m_layout;
    Numbering m_main_way = Numbering::None;
    Habit m_habit;
    bool m_lost_pages = false;
    bool m_real_marks = false;
    int m_section = 0;
    int m_last_touched = 0;
    std::size_t m_last_width = 0;
    std::set<int> m_marked_sections;
    std::map<int, std::vector<RowMonths>> m_months;                         ///< by node: of each row
    std::set<int> m_doubted;                                                ///< sub-activities whose marks may be those of others
    std::map<int, Span> m_merged_marks;
    MergedIndicators m_merged_indicators;
    int m_merged_subactivity = 0;                                           ///< last line that the merged cell of a sub-activity covers
    Source m_last_row {};
};

/// Rows that repeat the ones before again and again (a reading that got stuck): true = to be left out.
std::vector<bool> stuck_rows(std::vector<SourceRow> const&, std::size_t first);

/// A line with which the closing block of a decree or of its annex begins.
bool is_closing(std::string_view line);

}

#pragma once
#include "codec/document.hpp"
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace kpuhub::decree {

/// Where something stands in the file: a range of lines of a text (counted from 1), a row and column of a sheet, or a cell of
/// a page of paper (its line is then the running number of the row in all pages).
struct Source {
    int page = 0;         ///< sheet, from 1; 0 for a text
    int line = 0;         ///< first line, or row of the sheet
    int last_line = 0;
    std::string cell {};  ///< "C12" for a sheet or a table on paper
    codec::Box box {};    ///< of the cell on its page of paper; unknown for all else
    friend bool operator==(Source const&, Source const&) = default;
};

enum class Level { Area, Activity, Subactivity, Indicator };
enum class Authority { ThisOffice, Province, National };
/// How marks become things to hand in (irama): see design.md 3, "Schedule".
enum class Rhythm { EachMark, OnceInRun, Continuous, Monthly };
enum class IndicatorKind { Document, Count, Share, Index, Trend };

/// Printed months of a row. Unit: months 1 to 12, ascending. Not certain = shown beside its source and asked.
struct Months {
    std::vector<int> months;
    bool certain = false;
    std::vector<int> positions {};  ///< marks as printed, counted from 1 at the first month cell; may exceed 12
    bool unclear = false;           ///< a mark on paper that may be none, or ink that may be a mark
    friend bool operator==(Months const&, Months const&) = default;
};

/// What the import suggests, with the printed words that led to it (empty: the pattern of the marks).
template<typename Value>
struct Proposal {
    Value value {};
    std::string because {};
    friend bool operator==(Proposal const&, Proposal const&) = default;
};

/// A text of a column that the plan has no field for.
struct Extra {
    std::string heading {};             ///< as printed
    std::string text {};
    friend bool operator==(Extra const&, Extra const&) = default;
};

/// One node of the draft tree. Nodes stand in printed order; a parent stands before its children.
struct Node {
    int id = 0;
    int parent = 0;                     ///< id; 0 for an area
    Level level = Level::Area;
    std::string number {};              ///< as printed, without its full stop
    std::string text {};                ///< empty: not in the source (lost page, missing heading)
    std::string note {};                ///< KET as printed
    std::string owner {};               ///< column "penanggung jawab", where there is one
    std::vector<Extra> extras {};       ///< other columns, as printed: target, budget, proof ...
    bool inferred = false;              ///< an area recognised by its content, not printed
    Months months {};
    std::vector<Source> sources {};
    std::vector<int> covers {};         ///< an indicator that holds for several sub-activities: their ids
    std::optional<Proposal<Rhythm>> rhythm {};
    std::optional<Proposal<Authority>> authority {};
    std::optional<Proposal<bool>> tentative {};
    std::optional<Proposal<IndicatorKind>> indicator_kind {};
    std::string item {};                ///< butir: key of the common item that an indicator's words propose; empty = none
    friend bool operator==(Node const&, Node const&) = default;
};

struct Person {
    std::string name;
    std::string role;
    friend bool operator==(Person const&, Person const&) = default;
};

struct Dictum {
    std::string number;
    std::string text;
    friend bool operator==(Dictum const&, Dictum const&) = default;
};

/// The fields of the decree before its annex. Empty = not found.
struct Decree {
    std::string unit;
    std::string number;
    int year = 0;
    std::string title;
    std::string plan_title;
    std::string place;
    std::string date;           ///< ISO
    std::string date_printed;
    Person signatory;
    Person certifier;
    std::string closing_place;  ///< place and date at the end of the annex
    std::string closing_date;
    std::vector<std::string> considering;
    std::vector<std::string> legal_basis;
    std::vector<std::string> noting;
    std::vector<Dictum> dicta;
    friend bool operator==(Decree const&, Decree const&) = default;
};

enum class Severity { Info, Warning, Error };

/// The closed list of things that the reader may have to say. The machine name (`name`) is stable.
enum class FindingKind {
    FullYearMarks,        ///< 12 or more marks in a row: all months?
    MarksNotAligned,      ///< marks whose month cannot be trusted
    NoMarks,              ///< a row without marks where marks were expected
    NoMonthsPrinted,      ///< the whole plan has no marks
    DisplacedCells,       ///< texts stood in other columns or twice
    AreaInferred,         ///< area without printed name, recognised by content
    AreaUnknown,
    PageLost,             ///< lines or pages missing before this place
    ActivityUnnamed,
    SubactivityUnnamed,
    NoIndicator,
    NumberRepeated,
    NumberSkipped,
    TextCut,
    PairingGuessed,       ///< linear text: which texts belong together was guessed
    PlaceDiffers,
    DateDiffers,
    UnitDiffers,
    YearDiffers,
    FieldMissing,
    LoopRemoved,          ///< the same lines again and again
    LineOutside,          ///< lines inside the table that belong to no row
    UnreadLine,           ///< a line of the table that could not be placed
    MarksUnclear,         ///< on paper: ink in a month cell that may be a mark or a stain
    LowConfidence         ///< a text that was recognised from a picture with doubt
};

enum class Change { None, AllMonths, KeepMonths, NoMonths, AcceptArea, NameArea, UseDecreeValue, UseClosingValue, SetField };

struct Finding {
    FindingKind kind {};
    Severity severity = Severity::Warning;
    std::vector<Source> sources {};
    std::vector<int> nodes {};
    std::vector<std::string> arguments {};  ///< {0}, {1} of the message `decree.finding.<name>`
    bool settled = false;
    friend bool operator==(Finding const&, Finding const&) = default;
};

/// Findings of one kind settled together; the unit of a decision on the review page.
struct FindingGroup {
    FindingKind kind {};
    Severity severity = Severity::Warning;
    std::vector<int> findings {};           ///< indices into Draft::findings
    std::vector<int> nodes {};
    Change proposed = Change::None;
    bool needs_decision = true;             ///< false: shown, nothing to settle
    friend bool operator==(FindingGroup const&, FindingGroup const&) = default;
};

/// A sheet of a workbook or a page of paper.
struct SourcePage {
    std::string name {};                ///< of the sheet
    int before = 0;                     ///< lines of Draft::lines that stand before the first row of the sheet; 0 on paper
    int width = 0;                      ///< of a page of paper, in points; 0 = a sheet
    int height = 0;
    friend bool operator==(SourcePage const&, SourcePage const&) = default;
};

struct Draft {
    Decree decree {};
    std::vector<Node> nodes {};
    std::vector<Finding> findings {};
    std::vector<std::string> lines {};      ///< the source, for the review page (text: its lines; sheet: rows joined by tabs)
    std::vector<SourcePage> pages {};       ///< beside `lines`, of a workbook or of paper; else empty
    int next_id = 1;
    friend bool operator==(Draft const&, Draft const&) = default;
};

std::string_view name(Level);
std::string_view name(Authority);
std::string_view name(Rhythm);
std::string_view name(IndicatorKind);
std::string_view name(FindingKind);
std::string_view name(Severity);
std::string_view name(Change);

/// The same row or lines, whichever of its cells.
bool same_row(Source const&, Source const&);

Node const* find(Draft const&, int id);
Node* find(Draft&, int id);
std::vector<Node const*> children(Draft const&, int parent);

/// The findings as groups, those that need a decision first. A group without a finding is not given.
std::vector<FindingGroup> groups(Draft const&);

}

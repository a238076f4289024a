#pragma once
#include "record/history.hpp"
#include "record/input.hpp"
#include "record/record_links.hpp"
#include "record/page_parts.hpp"
#include "subject/subject.hpp"

namespace kpuhub::record {

struct StepButton {
    std::string step, label;
    view::Link link;                        ///< of the step: its form by GET, done at once by POST
    bool direct = false;                    ///< asks nothing
    bool first = false;
    std::int64_t version = 0;
    void describe(view::Visitor&) const;
};

struct FileLine {
    std::string name;
    view::Link link;
    view::Sentence size;
    std::string by;
    view::Moment at;
    view::Link end {};                      ///< takes it away
    void describe(view::Visitor&) const;
};

struct CommentLine {
    std::string who;
    view::Moment at;
    std::string body;
    void describe(view::Visitor&) const;
};

struct ListHeadWord {
    std::string label;
    void describe(view::Visitor& v) const { v.field("label", label); }
};

struct ChildLine {
    std::vector<Cell> cells;
    view::Link end;                         ///< takes the row away; empty: it stays
    void describe(view::Visitor&) const;
};

/// A child list of the record: its newest rows, and the form of one more.
struct ChildList {
    std::string field, label;
    std::int64_t in_all = 0;
    std::vector<ListHeadWord> heads;
    std::vector<ChildLine> rows;
    std::vector<InputGroup> inputs;
    view::Link add, all, next;
    std::optional<view::FieldErrors> errors {};
    void describe(view::Visitor&) const;
};

/// A time limit of the record: running, paused or stopped, with the page that explains it; or what it waits for.
struct RecordClockLine {
    std::string label, source;
    std::optional<view::StateMark> state {};
    std::optional<view::Moment> due {}, stopped {};
    std::optional<view::Sentence> left {};
    std::optional<std::int64_t> used {};    ///< percent of the time between start and end
    view::Link link {};                     ///< of its explanation; empty: it has not started
    std::optional<view::Sentence> waits {};
    bool paused = false;
    void describe(view::Visitor&) const;
};

/// A figure that the record is counted in.
struct FedLine {
    std::string title;
    view::Sentence period;
    view::Link link;
    void describe(view::Visitor&) const;
};

struct FurtherLink {
    view::Link link;
    view::Sentence words;
    void describe(view::Visitor& v) const
    {
        v.field("link", link);
        v.field("words", words);
    }
};

/// What web/templates/record/record.mustache shows.
struct RecordPage {
    std::int64_t id = 0, version = 0;
    std::string title, register_title;
    view::StateMark state;
    std::string by;
    view::Moment made_at;
    std::vector<Cell> facts;
    std::int64_t hidden = 0;                ///< filled fields that this reader may not see
    std::vector<StepButton> steps;
    view::Link edit, attach, comments, prove, relations, give_code;
    view::Link reads;                       ///< who read it; for who reads the journal of the office
    std::string legal_status;               ///< what its links and state make of it, where a feed says how
    std::string called;                     ///< the value of the register's name field
    std::vector<LinkLine> links;            ///< to and from other records, as both ends say it
    std::string given_code;                 ///< tracking code, shown once to who gave it
    std::vector<FileLine> files;
    std::vector<CommentLine> notes;
    std::vector<HistoryLine> history;
    std::vector<ChildList> lists;
    std::vector<RecordClockLine> clocks, later_clocks;      ///< those that have started, and those that wait for something
    bool limits = false;                    ///< the register has any
    std::vector<FedLine> figures;
    std::vector<FurtherLink> further {};    ///< pages of other rooms about it
    std::optional<view::Sentence> own_work {};
    std::optional<view::Sentence> file_error {};
    void describe(view::Visitor&) const;
};

/// All that the page is made of.
struct RecordParts {
    ReadRecord const& found;
    std::vector<flow::DoneStep> const& done;
    std::vector<RecordFile> const& files;
    std::vector<subject::Comment> const& comments;
    std::vector<journal::Event> const& events;
    std::vector<flow::Clock> const& clocks;
    time::Instant now {};
    text::Language language = text::Language::Indonesian;
    bool superior = false;                  ///< the reader is the superior of the person that the record is about
};
RecordPage record_page(RecordParts const&);

/// A child list as a part of a page. `below` = 0: the newest rows.
ChildList child_list(storage::Reader&, ReadRecord const&, definition::Field const& list, std::int64_t below, int limit, InputSource const&);

/// The limits of a record in the order of its register; those that have not started say what they wait for.
std::vector<RecordClockLine> clock_lines(definition::Register const&, std::vector<flow::Clock> const&, time::Zone, time::Instant now, text::Language);

}

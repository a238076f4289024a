#pragma once
#include "account/reader.hpp"
#include "job/job.hpp"
#include "organization/unit_access.hpp"
#include "paper/paper.hpp"
#include "view/parts.hpp"

namespace kpuhub::paper {

struct InitialLine {
    std::string name, post;
    view::Moment at;
    void describe(view::Visitor&) const;
};

struct FileLine {
    view::Choice edition;
    std::string media;
    view::Link link;
    std::string hash;
    std::int64_t kilobytes = 0;
    void describe(view::Visitor&) const;
};

/// A step of the paper's way: done, now, or to come.
struct StepLine {
    view::Sentence label;
    std::optional<view::Sentence> detail {};
    bool done = false;
    bool now = false;
    void describe(view::Visitor&) const;
};

/// One paper: where it stands, what may be done next, its files.
struct PaperPage {
    view::Sentence heading;
    std::string unit_code, unit_name, title, number, place, code, reason, minutes_number;
    view::Choice kind, state, size;
    std::int64_t version = 0;
    std::optional<time::Date> dated_on, minutes_on, revoked_on;
    time::Date today {};
    std::vector<StepLine> steps {};
    std::vector<InitialLine> initials {};
    std::vector<view::Sentence> warnings {};
    std::vector<FileLine> files {};
    bool writing = false;
    std::optional<view::Sentence> failed {};
    view::Link self {}, edit {}, verify {}, later {}, journal {};
    bool may_edit = false, may_initial = false, may_agree = false, may_number = false, may_sign = false, may_cancel = false, may_revoke = false, may_preview = false;
    view::Link to_preview {}, to_initials {}, to_minutes {}, to_number {}, to_original {}, to_cancellation {}, to_revocation {};
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};

PaperPage paper_page(OfficialPaper const&, std::vector<Initialled> const&, std::vector<StoredFile> const&, std::optional<job::Job> const& newest, Kinds const&, time::Date today, time::Zone);

struct PaperLine {
    view::Link link;
    std::string title, number;
    view::Choice kind, state;
    std::optional<time::Date> dated_on;
    void describe(view::Visitor&) const;
};
struct BookLine {
    std::string number, title, reason;
    view::Sentence gap;                 ///< empty key: no gap
    bool is_gap = false, cancelled = false;
    std::optional<time::Date> dated_on;
    view::Link link;
    void describe(view::Visitor&) const;
};
struct SeriesLine {
    std::string code, title, pattern, example;
    view::Link link;
    bool current = false;
    void describe(view::Visitor&) const;
};
/// The papers of an office and its number book.
struct PapersPage {
    std::string unit_name, series_code, series_title;
    view::Year year {};
    std::vector<PaperLine> papers;
    std::vector<SeriesLine> series;
    std::vector<BookLine> book;
    bool may_manage = false;
    view::Link to_series, to_new;
    void describe(view::Visitor&) const;
};
PapersPage papers_page(storage::Reader&, account::Reader const&, organization::Unit const&, bool may_manage, std::string const& series, int year);

}

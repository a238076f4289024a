#pragma once
#include "codec/xlsx_writer.hpp"
#include "report/package_model.hpp"
#include "report/request.hpp"
#include "text/messages.hpp"

namespace kpuhub::report {

struct AskedLine {
    view::Link link;
    std::string title, office;
    time::Date due_on {};
    view::Choice state;
    bool late = false;
    view::Sentence detail;
    void describe(view::Visitor&) const;
};
struct OfficeTick {
    std::string value, name;
    bool ticked = false;
    void describe(view::Visitor&) const;
};
/// What an office was asked, what it asks, and the form to ask. web/templates/report/requests.mustache
struct RequestsPage {
    std::string unit_name;
    std::vector<Tab> tab_links {};
    std::vector<AskedLine> asked {}, asking {};
    bool may_ask = false;
    std::vector<OfficeTick> offices {};     ///< directly below
    std::string title {}, body {}, measure {}, due_on {};
    std::vector<PackageOption> wants {}, scopes {};
    view::Link action {};
    std::optional<view::FieldErrors> errors {};
    void describe(view::Visitor&) const;
};

struct AnswerCell {
    std::string office, code;
    view::Choice state;
    std::optional<view::Moment> answered_at {};
    std::string answered_by {}, value {}, note {};
    std::optional<Ratio> share {};
    bool late = false;
    view::Link link {}, material {};
    void describe(view::Visitor&) const;
};
/// The matrix of answers. web/templates/report/request.mustache
struct RequestPage {
    std::string title, body, measure, unit_name;
    view::Choice wants;
    time::Date due_on {};
    bool closed = false, may_act = false;
    std::int64_t version = 0, offices = 0, answered = 0, not_available = 0, open = 0;
    std::vector<AnswerCell> answers {};
    bool has_sum = false;
    std::int64_t sum = 0;
    std::optional<Ratio> sum_share {};
    std::string reminder {};            ///< to copy into WhatsApp; empty when nobody is left
    view::Link list {}, xlsx {}, csv {}, to_reminders {}, to_closing {};
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};
RequestPage request_page(Request const&, std::vector<Answer> const&, time::Date today, time::Zone);
/// As a sheet; numbers as numbers.
codec::Sheet request_sheet(RequestPage const&, std::vector<Answer> const&, text::Messages const&, text::Language);
/// The same lines as CSV; cells that begin with = + - @ stay text.

struct CommentLine {
    std::string person, body;
    view::Moment at;
    void describe(view::Visitor&) const;
};
/// One answer with its form. web/templates/report/answer.mustache
struct AnswerPage {
    std::string title, body, measure, asking, unit_name;
    view::Choice wants, state;
    time::Date due_on {};
    bool closed = false, may_answer = false, late = false, not_available = false;
    bool wants_paper = false, wants_share = false;
    std::int64_t version = 0;
    std::optional<std::int64_t> numerator {}, denominator {};
    std::string address, note, file_name, answered_by;
    std::optional<view::Moment> answered_at {};
    std::vector<OfficeTick> papers {};
    std::vector<CommentLine> comments {};
    view::Link action {}, list {}, file {}, paper {}, link {};
    std::string paper_title {};
    std::optional<view::FieldErrors> errors {};
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};
AnswerPage answer_page(Asked const&, std::vector<paper::OfficialPaper> const& papers, time::Date today, time::Zone);

view::Choice answer_choice(AnswerState);
view::Choice wants_choice(Wants);
/// Open after the day, or answered after it.
bool is_late(Request const&, Answer const&, time::Date today, time::Zone);
AskedLine asked_line(Asked const&, time::Date today, time::Zone);
AskedLine asking_line(Request const&);

}

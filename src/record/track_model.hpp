#pragma once
#include "flow/clock_model.hpp"
#include "record/intake.hpp"
#include "record/record_model.hpp"

namespace kpuhub::record {

/// The form that asks for the code: web/templates/record/track_ask.mustache.
struct TrackAskPage {
    view::Link action, offices;
    std::optional<view::Sentence> wrong {};
    void describe(view::Visitor&) const;
};

/// A limit as who sent the record in sees it, with the days that did not count.
struct TrackedClock {
    std::string label;
    std::optional<view::Moment> due {}, stopped {};
    bool paused = false, late = false, certain = true;
    std::vector<flow::ClockDay> days {};            ///< those that did not count, until it is due
    std::string article;
    void describe(view::Visitor&) const;
};

struct TrackedStep {
    std::string step, label;
    view::Link action;
    std::vector<InputGroup> inputs;
    std::int64_t version = 0;
    bool asks_reason = false, upload = false;
    std::string reason {};
    std::optional<view::Sentence> reason_error {};
    std::optional<view::FieldErrors> errors {};
    bool open = false;                              ///< the office waits for it, or it was sent back with faults
    void describe(view::Visitor&) const;
};

struct TrackedLine {
    view::Moment at;
    std::string state, reason;
    void describe(view::Visitor&) const;
};

/// web/templates/record/track.mustache: nothing here that the register does not show to the sender.
struct TrackPage {
    std::string title, number, office, code, explains;
    view::StateMark state;
    view::Moment sent_at;
    std::vector<TrackedClock> clocks;
    std::vector<TrackedStep> steps;
    std::vector<Cell> facts;
    std::vector<FileLine> files;
    std::vector<TrackedLine> lines;
    view::Link end;
    std::optional<view::Sentence> wrong {};
    std::string message {};                 ///< what the office wrote with its last step
    bool fresh = false;                     ///< just sent: the code is what counts now
    void describe(view::Visitor&) const;
};

/// What a step was sent back with.
struct ReturnedStep {
    std::string step;
    Typed typed;
    std::string reason;
    Fault const* fault = nullptr;
};

struct TrackParts {
    Tracked const& found;
    std::vector<flow::Clock> const& clocks;
    std::vector<flow::DoneStep> const& done;
    std::vector<RecordFile> const& files;
    flow::UnitTimes const& times;
    time::Instant now {};
    text::Language language = text::Language::Indonesian;
    std::string const& code;
    ReturnedStep const& returned;
};
/// Errors: as time::compute.
Result<TrackPage> track_page(TrackParts const&);

/// Whether who holds the code may fetch the file: a document that the register releases.
bool is_released(definition::Register const&, Record const&, RecordFile const&);
/// The fields that a step asks of who sent the record in.
std::vector<definition::Field const*> sender_fields(definition::Register const&, definition::Step const&);

}

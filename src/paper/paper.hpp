#pragma once
#include "codec/paper.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "journal/act.hpp"
#include "paper/series.hpp"
#include "storage/blob_store.hpp"
#include "storage/database.hpp"
#include "time/date.hpp"
#include "view/visitor.hpp"
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::paper {

/// Konsep, diparaf, disetujui pleno, bernomor, ditandatangani (berlaku), dicabut, dibatalkan.
enum class State { Draft, Initialled, Agreed, Numbered, Signed, Revoked, Cancelled };
std::string_view to_text(State);

/// A paper that an office issues (naskah dinas).
struct OfficialPaper {
    PaperId id {};
    UnitId unit {};
    std::string unit_code;
    std::string unit_name;                      ///< today's
    std::string kind;                           ///< of the press: "decree"
    State state = State::Draft;
    std::int64_t version = 0;
    SubjectId about {};
    std::int64_t about_version = 0;             ///< of that subject when the number was given; 0 = not yet
    std::string title;
    std::string content;                        ///< JSON: what people edit; shape by kind
    codec::PaperSize size = codec::PaperSize::F4;
    NumberId number_id {};
    std::string number;                         ///< empty until the number is given
    std::optional<time::Date> dated_on {};
    std::string place;
    std::string minutes_number;                 ///< berita acara rapat pleno
    std::optional<time::Date> minutes_on {};
    std::string code;                           ///< of the public page, 12 signs
    std::string reason;                         ///< of the cancelling or revoking
    std::optional<time::Date> revoked_on {};
    bool may_manage = false;                    ///< the reader: texts, number, original
    bool may_initial = false;

    [[nodiscard]] bool in_draft() const { return state < State::Numbered; }
};

/// What a rendering is for.
enum class Edition {
    Preview,                    ///< stamped KONSEP; may be written again
    Final,                      ///< for signature; kept as bytes
    Copy,                       ///< SALINAN with "ttd.", made when the original is there; kept as bytes
};

struct Initialled {
    PersonId person {};
    std::string name;
    std::string post;
    time::Instant at {};
};

struct StoredFile {
    std::string edition;                        ///< preview, final, original, copy
    std::string media;                          ///< pdf, docx, jpg, png
    std::string hash;                           ///< SHA-256, also its name in the blob store
    std::int64_t bytes = 0;
    time::Instant made_at {};
};

/// One kind of paper, registered by its room.
struct Kind {
    std::string series;                         ///< code of its number series
    bool needs_initials = true;                 ///< at least one before the number is given
    bool needs_minutes = false;                 ///< a berita acara before the number is given
    /// The paper's contents in one read snapshot; `public_url` for its QR code.
    std::function<Result<codec::Paper>(storage::Reader&, OfficialPaper const&, Edition, std::string const& public_url)> make;
    /// Before the number is given, in the same transaction; Errors stop it. Here a report keeps what it reports.
    std::function<Result<void>(storage::Transaction&, journal::Act const&, OfficialPaper const&)> check {};
    /// In the transaction that makes the paper a signed one (the decree fixes its plan).
    std::function<Result<void>(storage::Transaction&, journal::Act const&, OfficialPaper const&)> signed_with {};
    /// What its office should know before it signs (a law that is revoked).
    std::function<std::vector<view::Sentence>(OfficialPaper const&, time::Date on)> warnings {};
    /// Where its texts are edited.
    std::function<std::string(OfficialPaper const&)> edit_address {};
    /// Where one sees what has changed since it was issued; empty = nowhere.
    std::function<std::string(OfficialPaper const&)> later_address {};
};
using Kinds = std::map<std::string, Kind, std::less<>>;

struct NewPaper {
    UnitId unit {};
    std::string kind;
    SubjectId about {};
    std::string once_key {};                    ///< empty = as many as wanted
    std::string title;
    std::string content;                        ///< JSON
    codec::PaperSize size = codec::PaperSize::F4;
};

// Actions. All need plan.manage in the office (initials: plan.verify or plan.manage); the program itself (no actor) may always.
// Errors: NotFound when the actor may not read it, Forbidden, Conflict "subject.changed", "paper.closed" in a wrong state.

/// Errors: also Conflict "paper.exists" when one with the same key is not void.
Result<PaperId> create(storage::Transaction&, journal::Act const&, NewPaper const&);
/// New texts; initials given to the old ones go. Errors: also Invalid "paper.text.too_long" over 200 kB.
Result<void> save_content(storage::Transaction&, journal::Act const&, PaperId, std::int64_t shown_version, std::string title, std::string content, codec::PaperSize);
/// Paraf of the actor, in the post he holds.
Result<void> put_initials(storage::Transaction&, journal::Act const&, PaperId, std::int64_t shown_version, std::string post);
/// The berita acara rapat pleno that agreed to it.
Result<void> set_minutes(storage::Transaction&, journal::Act const&, PaperId, std::int64_t shown_version, std::string number, time::Date on);
/// Gives the number, fixes the words and asks a job to write the final edition (the program itself writes it: write_edition).
/// Errors: also Invalid "paper.initials_missing", "paper.minutes_missing", "paper.place_missing"; those of take_number and of the kind's check.
Result<void> give_number(storage::Transaction&, journal::Act const&, Kinds const&, PaperId, std::int64_t shown_version, time::Date on, std::string place,
    std::optional<WantedNumber> const& = {});
/// The signed paper comes back: its bytes become the original, a job makes the certified copy.
/// Errors: also Conflict "paper.about_changed" when what it speaks of is no longer what was printed.
Result<void> keep_original(storage::Transaction&, journal::Act const&, Kinds const&, PaperId, std::int64_t shown_version, StoredFile const&);
/// A number that will not be signed: stays in the book with its reason.
Result<void> cancel(storage::Transaction&, journal::Act const&, PaperId, std::int64_t shown_version, std::string reason);
/// A signed paper that is no longer in force (dicabut).
Result<void> revoke(storage::Transaction&, journal::Act const&, PaperId, std::int64_t shown_version, time::Date on, std::string reason);
/// Asks a job to write the preview.
Result<void> ask_preview(storage::Transaction&, journal::Act const&, PaperId);

// Reading, with plan.read in the office.
Result<OfficialPaper> find_paper(storage::Reader&, PersonId, time::Date today, PaperId);
/// Not void ones first, newest first.
std::vector<OfficialPaper> papers_about(storage::Reader&, PersonId, time::Date today, SubjectId about, std::string_view kind);
std::vector<OfficialPaper> papers_of(storage::Reader&, PersonId, time::Date today, UnitId);
std::vector<Initialled> initials_of(storage::Reader&, PaperId);
std::vector<StoredFile> files_of(storage::Reader&, PaperId);

/// By the code of its public page, for everybody; a paper without number is not there. Errors: NotFound.
Result<OfficialPaper> paper_by_code(storage::Reader&, std::string_view code);

}

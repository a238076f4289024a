#pragma once
#include "paper/paper.hpp"

namespace kpuhub::paper {

// Statements of the papers; private to the room.
std::optional<OfficialPaper> load_paper(storage::Reader&, PersonId, time::Date today, PaperId);
/// Whatever the reader may: for jobs and for the program itself.
std::optional<OfficialPaper> load_any(storage::Reader&, PaperId);
/// Nothing when the key is taken.
void insert_paper(storage::Transaction&, journal::Act const&, SubjectId, NewPaper const&, std::string const& code);
bool key_taken(storage::Reader&, NewPaper const&);
void save_texts(storage::Transaction&, PaperId, std::string const& title, std::string const& content, codec::PaperSize);
void drop_initials(storage::Transaction&, PaperId);
void insert_initials(storage::Transaction&, journal::Act const&, PaperId, std::string const& post);
void save_minutes(storage::Transaction&, PaperId, std::string const& number, time::Date on);
void save_number(storage::Transaction&, PaperId, TakenNumber const&, time::Date on, std::string const& place);
void save_end(storage::Transaction&, PaperId, std::string const& reason, std::optional<time::Date> revoked_on);
/// A preview replaces the one before; of the others the first stays.
void save_file(storage::Transaction&, PaperId, StoredFile const&);

}

#pragma once
#include "codec/paper.hpp"
#include "time/date.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::paper {

/// The one component for signatures on every official paper (decree, report, berita acara, letter, list).
/// Source: PKPU 2/2021 on official correspondence (a.n., Plt., Plh.), SE Kepala BKN 1/SE/I/2021.

/// In which capacity somebody signs. Words of an appointment: definitive, plt, plh, delegate.
enum class Capacity {
    Own,                        ///< holds the post
    Acting,                     ///< Plt.: the post is vacant
    Daily,                      ///< Plh.: its holder is away
    OnBehalf,                   ///< a.n. <superior>: signs with his own post below it
};
/// Own for a word that is none of them.
Capacity capacity_of(std::string_view appointment_word);

struct Signatory {
    std::string post;           ///< "Ketua Komisi Pemilihan Umum Kota Jambi": of the paper, also when acting
    std::string name {};        ///< empty prints dots to fill in
    std::string number {};      ///< NIP or PPPK number with its word ("NIP 1980..."); empty: commissioners have none
    Capacity capacity = Capacity::Own;
    std::string own_post {};    ///< OnBehalf: the signer's own post, below "a.n. <post>"
};
/// "NIP 198001012005011001", "NIPPPK ...", or nothing for who has neither.
std::string number_line(std::string_view nip, std::string_view pppk_number);

/// What stands in the place of the signature.
enum class Mark {
    Space,                      ///< free space for stamp and ink
    Ttd,                        ///< "ttd.": a copy of a signed paper
    None,                       ///< no space (lists)
};

struct Signing {
    std::string verb {};        ///< "Ditetapkan di", "Dibuat di"; empty: only place and date as "Jambi, 3 Juni 2026"
    std::string place {};
    std::optional<time::Date> date {};      ///< none prints dots when a place is given
    std::string heading {};     ///< "Mengetahui," above the post
    Mark mark = Mark::Space;
    bool capital_post = false;  ///< decrees print post and name in capitals
};

/// One column: place and date, heading, post with Plt., Plh. or a.n., space, name, number.
codec::SignatureColumn signature(Signatory const&, Signing const&);

/// The column at the right half; the left half stays free or holds something (a QR code, a certifier).
codec::SignatureBlock at_right(codec::SignatureColumn, codec::SignatureColumn left = {});
/// "Mengetahui" at the left, who made it at the right: both begin on the same line.
codec::SignatureBlock pair(codec::SignatureColumn left, codec::SignatureColumn right);
/// Many signatures in rows of `columns` (members of the pleno, a committee).
std::vector<codec::Block> side_by_side(std::vector<codec::SignatureColumn>, std::size_t columns);

/// "Salinan sesuai dengan aslinya", office, post and name of who certifies it.
codec::SignatureColumn certified_copy(std::string_view office, Signatory const& certifier, Mark mark = Mark::Space);

/// Who has put his initials (paraf), or shall: a table with places for them.
struct Initial {
    std::string post;
    std::string name {};
    std::optional<time::Date> on {};        ///< initialled in the system on that day; none = still to do on paper
};
codec::Table initials_table(std::vector<Initial> const&);

/// A numbered list of signatures (daftar hadir, notulen): No, Nama, Jabatan, Tanda tangan; `empty_rows` more to fill in.
codec::Table signature_list(std::vector<Signatory> const&, int empty_rows = 0);

/// Setting of an office (unit_setting): the lines of its letterhead below its name, as it typed them.
inline constexpr auto address_setting = "paper.address";
/// These lines; at most four, none when nothing was typed.
std::vector<std::string> address_lines(std::string_view typed);

/// Kop: office in capitals, lines of its address, a twofold rule.
std::vector<codec::Block> letterhead(std::string_view office, std::vector<std::string> const& address);

/// The QR code that leads to the public page of a paper: "{public_url}/verify/{code}".
codec::QrCode verification_code(std::string_view public_url, std::string_view code);

}

#pragma once
#include "time/date.hpp"
#include <string>
#include <string_view>

namespace kpuhub::paper {

// Words of printed papers: always Indonesian, whatever language the pages have.

/// "KPU Kota Gorontalo" -> "Komisi Pemilihan Umum Kota Gorontalo"; other names stay.
std::string office_name(std::string_view unit_name);

/// "KPU Kabupaten Boalemo" -> "Boalemo": where its papers are fixed until somebody writes another place.
std::string place_of_office(std::string_view unit_name);

/// Capitals of the letters A to Z, as headings and decrees print names.
std::string capitals(std::string_view);

/// "30 Juni 2026"
std::string printed_date(time::Date);

/// "dua puluh satu": numbers in words up to 9,999, for minutes ("pukul sepuluh"), and a day in words for berita acara:
/// "Senin tanggal dua belas bulan Januari tahun dua ribu dua puluh enam".
std::string number_in_words(int);
std::string day_in_words(time::Date);

/// Month in Roman numerals, as letter numbers have it: "IV".
std::string roman(int number);

/// "a", "b" ... "z", "aa" for list labels, from 1.
std::string letter(int number);

}

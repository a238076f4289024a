#!/usr/bin/env python3
"""Writes common_passwords.txt: what people choose when 12 signs are asked for. Run it in this folder; it is deterministic.

Shorter passwords are refused anyway, so the usual lists help little: here frequent bases (Indonesian and English words, the
office's own words, places, keyboard rows) are joined with each other and with the digits and years that people add.
"""

BASES = """password passw0rd p@ssw0rd sandi katasandi rahasia rahasiaku bismillah alhamdulillah assalamualaikum indonesia indonesiaku
merdeka pancasila garuda nusantara sayang sayangku cintaku cinta ibuku ayahku keluarga bahagia selamat sukses semangat
komisi komisipemilihan komisipemilihanumum pemilu pemiluku pemilihan kpukota kpukabupaten kpuprovinsi kpuri kpujaya sekretariat sekretaris ketua
anggota kasubbag operator administrator admin adminkpu bendahara keuangan kepegawaian birokrasi reformasi reformasibirokrasi zonaintegritas berakhlak
kantor kantorku komputer laptop internet website aplikasi sistem server jaringan akunku masuk login user welcome letmein
qwerty qwertyuiop qwerty123 asdfgh asdfghjkl zxcvbn zxcvbnm 1q2w3e4r 1qaz2wsx abcd1234 abcdefgh superman batman iloveyou
dragon monkey football baseball princess sunshine master shadow michael jakarta bandung surabaya semarang yogyakarta medan palembang jambi
makassar manado gorontalo papua maluku kalimantan sulawesi sumatera bali lombok aceh padang pekanbaru lampung banten bogor bekasi
depok malang solo pontianak samarinda balikpapan banjarmasin kupang ambon jayapura januari februari maret april agustus september oktober november desember
senin selasa kamis jumat sabtu minggu merahputih tanahair bhinneka budiman sejahtera amanah jujur integritas profesional mandiri""".split()
SUFFIXES = ["123", "1234", "12345", "123456", "12345678", "123456789", "1234567890", "321", "111", "000", "007", "1", "01", "88", "99", "123!", "1234!", "@123", "@1234", "#123",
            "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027", "@2024", "@2025", "@2026", "2024!", "2025!", "2026!", "1945", "17081945", "1708", "abc", "abc123", "qwerty", "ok", "oke", "jaya", "baru", "aman", "ku", "kpu", "kpu123", "kpu2024", "kpu2026", "!", "!!", "!!!", ".", "..", "123.", "_123", "_2026", "-2026"]
ROWS = ["123456789012", "1234567890123", "12345678901234", "111111111111", "000000000000", "121212121212", "123123123123", "012345678901", "098765432109",
        "987654321098", "qwertyuiop12", "qwertyuiop123", "qwertyuiopas", "qwertyuiopasdfghjkl", "1q2w3e4r5t6y", "1q2w3e4r5t6y7u8i", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "zaq12wsxcde3",
        "abcdefghijkl", "abcdefghijklm", "aaaaaaaaaaaa", "abc123abc123", "asdfghjkl123", "asdfasdfasdf", "qwerqwerqwer", "q1w2e3r4t5y6", "passwordpassword"]
SHORTEST, MOST = 12, 10_000


def candidates():
    yield from ROWS
    for base in BASES:
        yield base
        yield base * 2
    for suffix in SUFFIXES:
        for base in BASES:
            yield base + suffix
    for prefix in ("kpu", "admin", "123", "1234", "123456", "my", "aku"):
        for base in BASES:
            yield prefix + base
            for suffix in ("1", "123", "2025", "2026"):
                yield prefix + base + suffix
    for base in BASES[:40]:
        for other in BASES:
            yield base + other


def main():
    kept = {}
    for candidate in candidates():
        if len(candidate) >= SHORTEST and len(kept) < MOST:
            kept.setdefault(candidate)
    with open("common_passwords.txt", "w", encoding="utf-8") as file:
        file.write("\n" + "\n".join(sorted(kept)) + "\n")


if __name__ == "__main__":
    main()

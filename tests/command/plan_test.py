"""Plans in and out, backups, orders of decrees, what verify finds, hostile files."""
import json
import sqlite3
import time
import zipfile

from program import BAD_INPUT, BROKEN, ProgramTest, SAMPLES, Served, WRONG_USE, rows_of, run


class PlanTest(ProgramTest):
    def test_an_import_makes_a_fixed_plan_and_the_same_decree_is_refused_the_second_time(self):
        self.assertEqual(json.loads(self.with_plan().stdout)["state"], "fixed")
        again = self.kpuhub("import", SAMPLES / "kota.txt", "--unit", "7571", "--year", "2027", expect=BAD_INPUT)
        self.assertIn("sudah diimpor", again.stderr)
        self.assertIn("imported the same decree", again.stderr)

    def test_an_import_without_a_secretary_or_with_an_unknown_account_writes_nothing(self):
        nobody = self.kpuhub("import", SAMPLES / "kota.txt", "--unit", "7571", "--year", "2026", expect=BAD_INPUT)
        self.assertIn("--as", nobody.stderr)
        unknown = self.kpuhub("import", SAMPLES / "kota.txt", "--unit", "7571", "--year", "2026", "--as", "siapa", expect=BAD_INPUT)
        self.assertIn("siapa", unknown.stderr)
        self.kpuhub("export", "--unit", "7571", "--year", "2026", "--to", self.folder / "x.json", expect=BAD_INPUT)

    def test_an_import_says_where_it_goes(self):
        self.assertEqual(run("import", SAMPLES / "kota.txt", "--data", self.data).returncode, WRONG_USE)

    def test_an_exported_plan_imports_as_the_same_plan(self):
        for sample in ("kota.txt", "kabupaten.xlsx"):
            with self.subTest(sample):
                data, other = self.folder / f"first-{sample}", self.folder / f"second-{sample}"
                for each in (data, other):
                    self.secretary(data=each)
                self.kpuhub("import", SAMPLES / sample, "--unit", "7571", "--year", "2026", "--settle", "--fix", data=data)
                for form in ("xlsx", "json", "csv"):
                    self.kpuhub("export", "--unit", "7571", "--year", "2026", "--to", self.folder / f"plan.{form}", data=data)
                self.kpuhub("import", self.folder / "plan.xlsx", "--unit", "7571", "--year", "2026", "--settle", "--fix", data=other)
                self.kpuhub("export", "--unit", "7571", "--year", "2026", "--to", self.folder / "again.json", data=other)
                first, second = (json.loads((self.folder / name).read_text()) for name in ("plan.json", "again.json"))
                self.assertEqual(rows_of(first), rows_of(second))
                self.assertEqual([first[key] for key in ("number", "decided_on", "place")], [second[key] for key in ("number", "decided_on", "place")])

    def test_one_job_issues_many_decrees_and_a_stop_or_a_kill_loses_and_doubles_none(self):
        self.kpuhub("generate", "--units", "6", "--years", "1")
        with sqlite3.connect(self.data / "kpuhub.db") as database:
            year = database.execute("SELECT max(year) FROM plan").fetchone()[0]
            database.execute("UPDATE plan_node SET removed_at = 1 WHERE area_no > 1")       # short papers
            for unit, in database.execute("SELECT unit_id FROM plan").fetchall():
                post = database.execute("INSERT INTO post (unit_id, title, kind, valid_from) VALUES (?, 'Ketua', 'chair', '2020-01-01')", (unit,)).lastrowid
                person = database.execute("INSERT INTO person (unit_id, name, employment) VALUES (?, ?, 'commissioner')", (unit, f"Ketua {unit}")).lastrowid
                database.execute("INSERT INTO appointment (person_id, post_id, capacity, valid_from) VALUES (?, ?, 'definitive', '2020-01-01')", (person, post))
        database.close()
        self.kpuhub("issue", "--year", "1999", expect=BAD_INPUT)

        def count(query):
            with sqlite3.connect(f"file:{self.data}/kpuhub.db?mode=ro", uri=True, timeout=30) as database:
                return database.execute(query).fetchone()[0]

        def until(query, least):
            for _ in range(1200):
                if count(query) >= least:
                    return
                time.sleep(0.1)
            self.fail(f"{query}: {count(query)} < {least}")

        papers = "SELECT count(DISTINCT paper_id) FROM paper_file WHERE edition = 'final'"
        with Served("--data", self.data) as served:
            ordered = json.loads(self.kpuhub("issue", "--year", year).stdout)       # asked of the running server
            self.assertEqual(ordered["offices"], 6)
            until(papers, 1)
            served.end()
        self.assertLess(count(papers), 6)
        self.assertEqual(count("SELECT state || attempts FROM job WHERE kind = 'decree.issue'"), "waiting0")
        with Served("--data", self.data) as served:
            until(papers, 3)
            served.process.kill()
            served.process.wait(timeout=30)
        self.assertLess(count(papers), 6)
        with Served("--data", self.data):
            until("SELECT count(*) FROM job WHERE kind = 'decree.issue' AND state = 'done'", 1)
        self.assertEqual(count("SELECT count(*) FROM official_paper"), 6)
        self.assertEqual(count("SELECT count(DISTINCT subject_id) FROM paper_number"), 6)
        self.assertEqual(count("SELECT count(*) FROM paper_number"), 6)
        self.assertEqual(count("SELECT count(*) FROM paper_file WHERE edition = 'final'"), 12)

    def test_text_that_looks_like_a_formula_is_exported_as_text(self):
        self.with_plan()
        with sqlite3.connect(self.data / "kpuhub.db") as database:
            database.execute("UPDATE plan_node SET number = '', body = '=HYPERLINK(1)' WHERE subject_id = (SELECT min(subject_id) FROM plan_node WHERE level = 'indicator')")
        database.close()
        for form in ("xlsx", "csv"):
            self.kpuhub("export", "--unit", "7571", "--year", "2026", "--to", self.folder / f"plan.{form}")
        with zipfile.ZipFile(self.folder / "plan.xlsx") as book:
            sheet, strings, workbook = (book.read(f"xl/{part}.xml").decode() for part in ("worksheets/sheet1", "sharedStrings", "workbook"))
        self.assertNotIn("<f>", sheet)
        self.assertIn("=HYPERLINK(1)", strings)
        self.assertIn('state="frozen"', sheet)
        self.assertIn("Print_Area", workbook)
        self.assertIn("'=HYPERLINK(1)", (self.folder / "plan.csv").read_text())

    def test_a_backup_restores_into_an_empty_folder_and_verifies_clean(self):
        self.with_plan()
        copy, new = self.folder / "copy", self.folder / "new"
        self.kpuhub("backup", "--to", copy)
        self.kpuhub("backup", "--to", copy, expect=BAD_INPUT)
        self.kpuhub("restore", "--from", copy, data=new)
        self.assertTrue(json.loads(self.kpuhub("verify", "--format", "json", data=new).stdout)["sound"])
        self.kpuhub("restore", "--from", copy, data=new, expect=BAD_INPUT)

    def test_after_a_restore_messages_are_held_until_somebody_has_looked(self):
        self.with_plan()
        database = sqlite3.connect(self.data / "kpuhub.db")
        for number in (1, 2):
            database.execute("INSERT INTO outbox (message_key, channel, bundle, address, heading, body, state, written_at, not_before, expires_at)"
                             f" VALUES ('clock:{number}', 'mail', 'warning:1', 'siti@kpu.go.id', 'rahasia', 'rahasia', 'waiting', 0, 0, 9000000000000)")
        database.commit()
        database.close()
        self.kpuhub("outbox drop --all", expect=BAD_INPUT)          # nothing is held here
        copy, new = self.folder / "copy", self.folder / "new"
        self.kpuhub("backup", "--to", copy)
        self.assertIn("kpuhub outbox", self.kpuhub("restore", "--from", copy, data=new).stdout)
        held = json.loads(self.kpuhub("outbox list", "--format", "json", data=new).stdout)
        self.assertEqual((held["waiting"], [each["kind"] for each in held["messages"]]), (2, ["clock", "clock"]))
        self.assertNotIn("rahasia", self.kpuhub("outbox list", data=new).stdout)
        with Served("--data", new):                                 # the running server is asked
            self.kpuhub("outbox drop", data=new, expect=BAD_INPUT)
            self.kpuhub("outbox drop", "99", data=new, expect=BAD_INPUT)
            self.kpuhub("outbox drop", str(held["messages"][0]["id"]), data=new)
            self.kpuhub("outbox release", data=new)
            self.kpuhub("outbox release", data=new, expect=BAD_INPUT)
        self.assertIsNone(json.loads(self.kpuhub("outbox list", "--format", "json", data=new).stdout)["held_since"])
        self.assertTrue(json.loads(self.kpuhub("verify", "--format", "json", data=new).stdout)["sound"])

    def test_verify_finds_an_altered_event_blob_and_tally(self):
        self.with_plan()
        database = sqlite3.connect(self.data / "kpuhub.db")
        database.execute("DROP TRIGGER event_only_sealed")
        database.execute("UPDATE event SET payload = replace(payload, 'kota', 'kata') WHERE kind = 'import.started'")
        database.execute("UPDATE tally SET amount = amount + 1 WHERE part = 't.all' AND period = '2026'")
        database.execute("INSERT INTO tally_kept (indicator, period, unit_id, tree_version, asked_at, sums) SELECT 'plan_progress', '2026', u.id, t.version, 0, 't.all=999999'"
                         " FROM unit u, (SELECT max(version) AS version FROM unit_tree) t WHERE u.code = '00'")
        database.commit()
        database.close()
        blob = next(path for path in (self.data / "blobs").rglob("*") if path.is_file())
        blob.chmod(0o600)
        blob.write_bytes(blob.read_bytes()[:-1] + b"#")
        found = self.kpuhub("verify", expect=BROKEN).stdout
        self.assertRegex(found, r"event \d+: content does not fit")
        self.assertIn("tally plan_progress 7571 2026 t.all", found)
        self.assertIn("tally_kept plan_progress 00 2026 t.all: 999999 kept", found)
        self.assertIn(blob.name, found)

    def test_generated_plans_leave_the_figures_right(self):
        made = json.loads(self.kpuhub("generate", "--only", "plan", "--units", "3", "--years", "2", "--format", "json").stdout)
        self.assertGreater(made["rows"], 3 * 2 * 600)
        self.assertEqual(json.loads(self.kpuhub("generate", "--only", "plan", "--units", "3", "--years", "2", "--format", "json").stdout)["rows"], 0)
        self.assertTrue(json.loads(self.kpuhub("verify", "--format", "json").stdout)["sound"])

    def hostile_book(self, name, parts):
        """The sample sheet with some parts replaced or added."""
        book = self.folder / name
        with zipfile.ZipFile(SAMPLES / "kabupaten.xlsx") as sample, zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as made:
            for entry in sample.namelist():
                if entry not in parts:
                    made.writestr(entry, sample.read(entry))
            for entry, content in parts.items():
                made.writestr(entry, content)
        return book

    def test_packed_files_that_unfold_without_end_or_reach_for_other_files_are_refused(self):
        with zipfile.ZipFile(SAMPLES / "kabupaten.xlsx") as sample:
            sheet = sample.read("xl/worksheets/sheet1.xml").decode()
        entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;&a;">]>'
        head, rest = sheet.split("?>", 1)
        hostile = {
            "bomb.xlsx": {"xl/worksheets/sheet1.xml": sheet + " " * (300 << 20)},
            "many.xlsx": {f"xl/media/{number}.txt": "x" for number in range(2_100)},
            "entity.xlsx": {"xl/worksheets/sheet1.xml": f"{head}?>{entity}" + rest.replace("<v>", "<v>&b;", 5)},
            "strings.xlsx": {"xl/sharedStrings.xml": f'<?xml version="1.0"?>{entity}<sst><si><t>&b;</t></si></sst>'},
        }
        for name, parts in hostile.items():
            with self.subTest(name):
                answer = run("import", self.hostile_book(name, parts), "--dry-run", "--format", "json", "--data", self.data)
                self.assertEqual(answer.returncode, BAD_INPUT, (name, answer.stdout[:300], answer.stderr))
                self.assertNotIn("root:", answer.stdout + answer.stderr)
                self.assertEqual(answer.stdout, "")

"""What is published: checked, compared, once, the same on another database."""
import hashlib
import json
import sqlite3
from pathlib import Path

from program import BAD_INPUT, CARDS, GUEST_CARD, ProgramTest, Served


class DefinitionsTest(ProgramTest):
    def test_a_database_of_older_registers_is_served_and_brought_up_to_date_by_hand(self):
        self.kpuhub("migrate")
        self.kpuhub("unit list")
        database = sqlite3.connect(self.data / "kpuhub.db")         # as an earlier program left it: the register without its limit
        (text,) = database.execute("SELECT body FROM register_definition WHERE register = 'public_information'").fetchone()
        begin, end = text.index("clocks:\n"), text.index("numbering:")
        older = (text[:begin] + text[end:]).replace("version: 2", "version: 1", 1)
        database.execute("UPDATE register_definition SET body = ?, version = 1, hash = ? WHERE register = 'public_information'",
                         (older, hashlib.sha256(older.encode()).hexdigest()))
        database.execute("UPDATE migration SET name = 'definition.public_information.1' WHERE name = 'definition.public_information.2'")
        database.execute("DELETE FROM indicator_definition WHERE indicator = 'public_information_overdue'")
        database.commit()
        with Served("--data", self.data):
            self.kpuhub("unit list")
        count = "SELECT count(*) FROM indicator_definition WHERE indicator = 'public_information_overdue'"
        self.assertEqual(database.execute(count).fetchone(), (0,))
        self.kpuhub("definitions publish", "--shipped")
        self.assertEqual(database.execute(count).fetchone(), (1,))
        self.assertEqual(database.execute("SELECT max(version) FROM register_definition WHERE register = 'public_information'").fetchone(), (2,))
        database.close()

    def test_a_register_is_checked_compared_published_once_and_exported(self):
        file = self.folder / "guest_card.yaml"
        file.write_text(GUEST_CARD)
        self.assertIn("guest_card 1", self.kpuhub("definitions check", file).stdout)
        self.kpuhub("migrate")
        self.assertIn("CREATE TABLE r_guest_card", self.kpuhub("definitions diff", file).stdout)
        self.assertIn("new register", self.kpuhub("definitions publish", file).stdout)
        self.assertIn("no change", self.kpuhub("definitions publish", file).stdout)
        file.write_text(GUEST_CARD.replace("kind: text", "kind: number"))
        wrong = self.kpuhub("definitions check", file, expect=BAD_INPUT)
        self.assertIn("guest_card.yaml:11:", wrong.stderr)
        file.write_text(GUEST_CARD.replace("kind: text", "kind: number"))
        second = self.folder / "figure.yaml"
        second.write_text(GUEST_CARD.replace("class: internal", "class: nobodys").replace("guest_card", "guest_card_two"))
        both = self.kpuhub("definitions check", file, second, expect=BAD_INPUT).stderr
        self.assertIn("guest_card.yaml:11:", both)
        self.assertIn("figure.yaml:", both, "one run tells of all files")
        file.write_text(GUEST_CARD.replace("version: 1", "version: 2").replace("kind: text", "kind: long_text"))
        self.assertIn("guest_card.yaml:11:", self.kpuhub("definitions publish", file, expect=BAD_INPUT).stderr)
        written = self.kpuhub("definitions export", "--to", self.folder / "out").stdout.split()
        self.assertIn(GUEST_CARD, [Path(path).read_text() for path in written])
        other = self.folder / "other"
        again = self.kpuhub("definitions publish", *written, data=other).stdout
        self.assertIn("guest_card 1", again)
        self.assertTrue(json.loads(self.kpuhub("verify", "--format", "json").stdout)["sound"])

    def test_a_wrong_indicator_keeps_its_register_from_being_published(self):
        file, figure = self.folder / "guest_card.yaml", self.folder / "cards.yaml"
        file.write_text(GUEST_CARD)
        figure.write_text(CARDS.replace("where: {card: filled}", "where: {colour: red}"))
        self.kpuhub("migrate")
        self.assertIn("cards.yaml:6:", self.kpuhub("definitions publish", file, figure, expect=BAD_INPUT).stderr)
        self.assertIn("CREATE TABLE r_guest_card", self.kpuhub("definitions diff", file).stdout, "nothing of it was published")
        figure.write_text(CARDS)
        self.assertIn("cards 1", self.kpuhub("definitions publish", file, figure).stdout)
        self.assertIn("cards 1: tidak berubah", self.kpuhub("definitions publish", file, figure).stdout)

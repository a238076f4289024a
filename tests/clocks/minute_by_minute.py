#!/usr/bin/env python3
"""Judges the deadline engine: counts each case minute by minute, from docs/clocks.md alone.

  minute_by_minute.py ENGINE [CASES] [SEED]     CASES random cases (default 5,000), then the hand-worked ones beside this file

It shares no code and no table with the engine: the holidays are read here from the text of the YAML file, days are arrays of 1,440 minutes.
"""
import datetime as dt
import pathlib
import random
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
HOLIDAYS = {dt.date.fromisoformat(day) for day in
            re.findall(r"\{date: (\d{4}-\d\d-\d\d),", (HERE / "../../definitions/calendars/holidays.yaml").read_text())}
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)
STANDS = "stands"


def minutes_of(text):
    """The set of office minutes of '0730-1200+1300-1600'."""
    found = set()
    for part in filter(None, text.split("+")):
        a, b = part.split("-")
        found.update(range(int(a[:2]) * 60 + int(a[2:]), int(b[:2]) * 60 + int(b[2:])))
    return found


class Office:
    def __init__(self, hours, off):
        self.off = HOLIDAYS | set(off)
        self.periods = [(dt.date.fromisoformat(p[:10]), dt.date.fromisoformat(p[12:22]), [minutes_of(d) for d in p[23:].split("|")])
                        for p in hours.split(";")]

    def minutes(self, day):
        """Office minutes of the day; empty when nobody works (rule 1)."""
        if day.weekday() >= 5 or day in self.off:
            return set()
        week = None
        for first, last, each in self.periods:
            if first <= day <= last:
                week = each
        return week[day.weekday()] if week else set()


class Judge:
    def __init__(self, case):
        self.c = case
        self.office = Office(case["hours"], [dt.date.fromisoformat(d) for d in case.get("off", "").split(",") if d])
        self.start = dt.datetime.fromisoformat(case["start"])
        self.pauses = []
        for pause in filter(None, case.get("pauses", "").split(",")):
            a, _, b = pause.partition("/")
            self.pauses.append((dt.datetime.fromisoformat(a), dt.datetime.fromisoformat(b) if b else None))

    def moment(self, day, minute):
        return dt.datetime.combine(day, dt.time()) + minute * MINUTE

    def runs(self, minute):
        """Whether the minute that begins here is one in which the clock runs."""
        return minute >= self.begin and not any(a <= minute and (b is None or minute < b) for a, b in self.pauses)

    def gone(self, minute):
        return any(b is None and a <= minute for a, b in self.pauses)

    def last_minute(self, day):
        """The last minute of a day, by rule 6."""
        worked = self.office.minutes(day)
        return self.moment(day, max(worked)) if worked and self.c["ends"] == "office" else self.moment(day, 1439)

    def beginning(self):
        begin = self.start
        if self.c["receipt"] == "opening":
            while True:                                    # walk on until some later minute of the day is an office minute
                worked = self.office.minutes(begin.date())
                here = begin.hour * 60 + begin.minute
                if worked and here <= max(worked):
                    return max(begin, self.moment(begin.date(), min(worked)))
                begin = self.moment(begin.date() + DAY, 0)
        return begin

    def clip(self, year, month, day):
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        while True:
            try:
                return dt.date(year, month, day)
            except ValueError:
                day -= 1

    def fixed(self, day0):
        amount, measure = int(self.c["amount"]), self.c["measure"]
        if measure == "months":
            return self.clip(day0.year, day0.month + amount, day0.day)
        day = int(self.c["day"])
        if measure == "day_of_year":
            found = self.clip(day0.year, int(self.c["month"]), day)
            return found if found >= day0 else self.clip(day0.year + 1, int(self.c["month"]), day)
        found = self.clip(day0.year, day0.month + amount, day)
        return found if found >= day0 else self.clip(day0.year, day0.month + amount + 1, day)

    def settle(self, day, heeds_pauses):
        """Rule 6: the moment of the last day."""
        if self.c["last"] == "moves":
            while not self.office.minutes(day) or (heeds_pauses and not self.runs(self.last_minute(day))):
                day += DAY
                if heeds_pauses and self.gone(self.last_minute(day)):
                    return STANDS
        return self.last_minute(day) + MINUTE

    def first_day(self, day0):
        if self.c["first"] == "same":
            return day0
        day = day0 + DAY
        while self.c["first"] == "next_working" and not self.office.minutes(day):
            day += DAY
        return day

    def due(self):
        self.begin = self.beginning()
        day0 = self.begin.date()
        measure, left = self.c["measure"], int(self.c["amount"])
        if measure in ("months", "day_of_month", "day_of_year"):
            return self.settle(self.fixed(day0), False)
        day = self.first_day(day0)
        if measure.endswith("_days"):
            while True:
                if self.gone(self.last_minute(day)):
                    return STANDS
                if (measure == "calendar_days" or self.office.minutes(day)) and self.runs(self.last_minute(day)):
                    left -= 1
                    if left == 0:
                        return self.settle(day, True)
                day += DAY
        if self.c["first"] == "next":
            self.begin = self.moment(day, 0)
        elif self.c["first"] == "next_working":
            self.begin = self.moment(day, min(self.office.minutes(day)))
        while True:
            for number in range(1440) if measure == "wall_minutes" else sorted(self.office.minutes(day)):
                minute = self.moment(day, number)
                if self.runs(minute):
                    left -= 1
                    if left == 0:
                        return minute + MINUTE
            day += DAY
            if self.gone(self.moment(day, 0)):
                return STANDS


USUAL = ["0730-1600|0730-1600|0730-1600|0730-1600|0730-1630||",
         "0730-1200+1300-1600|0730-1200+1300-1600|0730-1200+1300-1600|0730-1200+1300-1600|0730-1130+1300-1630||",
         "0800-1200+1230-1615|0800-1200+1230-1615|0800-1200+1230-1615|0800-1200+1230-1615|0800-1100+1330-1630|0900-1200|",
         "0700-1500|0700-1500|0700-1500|0700-1500||0800-1200|"]
RAMADAN = "0800-1500|0800-1500|0800-1500|0800-1500|0800-1530||"
FIELDS = ("zone", "measure", "amount", "day", "month", "first", "receipt", "last", "ends", "start", "pauses", "off", "hours")


def invent(rng):
    start = dt.datetime(2022, 1, 3) + rng.randrange(5 * 365 * 1440) * MINUTE
    if rng.random() < 0.5:                                 # near the edges of the office day
        start = start.replace(hour=rng.choice([7, 8, 12, 15, 16]), minute=rng.choice([0, 29, 30, 31, 59]))
    measure = rng.choice(["office_minutes", "wall_minutes", "working_days", "working_days", "working_days", "calendar_days", "months", "day_of_month", "day_of_year"])
    most = {"office_minutes": 4000, "wall_minutes": 6000, "working_days": 70, "calendar_days": 90, "months": 14, "day_of_month": 3, "day_of_year": 1}[measure]
    amount = rng.randrange(0 if measure.startswith("day_of") else 1, rng.choice([2, 6, most]) + 1)
    case = {"zone": rng.choice(["WIB", "WITA", "WIT"]), "measure": measure, "amount": str(amount), "day": str(rng.randint(1, 31)), "month": str(rng.randint(1, 12)),
            "first": rng.choice(["same", "next", "next", "next_working"]), "receipt": rng.choice(["as_it_is", "opening"]),
            "last": rng.choice(["stays", "moves"]), "ends": rng.choice(["office", "day"]), "start": start.isoformat(timespec="minutes")}
    at, pauses = start, []
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 3])):
        a = at + rng.randrange(0, rng.choice([60, 1440, 14400])) * MINUTE
        b = a + rng.randrange(1, rng.choice([60, 1440, 20160])) * MINUTE
        pauses.append(a.isoformat(timespec="minutes") + "/" + b.isoformat(timespec="minutes"))
        at = b + MINUTE
    if pauses and rng.random() < 0.15:
        pauses[-1] = pauses[-1].split("/")[0]
    case["pauses"] = ",".join(pauses)
    case["off"] = ",".join(sorted({(start.date() + rng.randrange(60) * DAY).isoformat() for _ in range(rng.choice([0, 0, 1, 3]))}))
    periods = ["2000-01-01..2099-12-31:" + rng.choice(USUAL)]
    if rng.random() < 0.5:
        first = start.date() + rng.randrange(-20, 40) * DAY
        periods.append(f"{first}..{first + 29 * DAY}:{RAMADAN}")
    if rng.random() < 0.2:
        first = start.date() + rng.randrange(-5, 30) * DAY
        periods.append(f"{first}..{first + rng.randrange(9) * DAY}:{rng.choice(USUAL)}")
    case["hours"] = ";".join(periods)
    return case


def line_of(case):
    return " ".join(f"{name}={case[name]}" for name in FIELDS if case.get(name))


def case_of(line):
    return dict(word.split("=", 1) for word in line.split())


def words(due):
    return due if due == STANDS else due.isoformat(timespec="minutes")


def hand_worked():
    """Cases of hand_worked.txt: input = expected output; HOURS lines name office hours."""
    hours, found = {}, []
    for number, line in enumerate((HERE / "hand_worked.txt").read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if line.startswith("HOURS"):
            _, name, text = line.split()
            hours[name] = text
        elif line:
            given, expected = (part.strip() for part in line.split("->"))
            case = case_of(given)
            case["hours"] = hours[case["hours"]]
            found.append((f"hand_worked.txt:{number}", {"zone": "WIB", "receipt": "as_it_is", "last": "stays", "ends": "office", "first": "next", **case}, expected))
    return found


def main():
    engine, count, seed = sys.argv[1], int((sys.argv[2:] or ["5000"])[0]), int((sys.argv[3:] or ["20261127"])[0])
    rng = random.Random(seed)
    by_hand = hand_worked()
    cases = [(f"seed {seed} case {i}", invent(rng), None) for i in range(count)] + by_hand
    run = subprocess.run([engine], input="\n".join(line_of(case) for _, case, _ in cases) + "\n", capture_output=True, text=True, check=True)
    answers = run.stdout.splitlines()
    assert len(answers) == len(cases), (len(answers), len(cases))
    differences = 0
    for (name, case, expected), answer in zip(cases, answers):
        judged = words(Judge(case).due())
        if answer != judged or (expected and answer != expected):
            differences += 1
            if differences <= 10:
                print(f"{name}: engine {answer}, judge {judged}{', by hand ' + expected if expected else ''}\n  {line_of(case)}")
    print(f"{count} random cases (seed {seed}) and {len(by_hand)} worked by hand: {differences} differences")
    return 1 if differences or len(by_hand) < 40 else 0


if __name__ == "__main__":
    sys.exit(main())

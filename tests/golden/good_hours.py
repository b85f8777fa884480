#!/usr/bin/env python3
"""The source of good_hours.csv: good moments, last warnings and working deadlines around changes of the clocks and holidays.

It shares nothing with Rapport's own code: local time is what Python's zoneinfo says, and every answer is found by walking over time
minute by minute. Run it to renew the table:  python3 tests/golden/good_hours.py > tests/golden/good_hours.csv
"""
import datetime as dt
import zoneinfo

UTC = dt.timezone.utc
MINUTE = dt.timedelta(minutes=1)
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

# zone, good hours, days off, and the local days around which instants are taken
PLACES = [
    ("Europe/London", "Mon-Fri 8:00-20:00", "2026-12-21/2027-01-03",
     ["2026-03-29", "2026-10-25", "2026-12-21", "2027-01-04", "2027-03-28"]),
    ("America/New_York", "daily 8:00-20:00", "2026-11-26/2026-11-27",
     ["2026-03-08", "2026-11-01", "2026-11-26", "2027-03-14", "2027-11-07"]),
    ("Europe/Berlin", "Sun 1:00-4:00", "",
     ["2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"]),
    ("Australia/Lord_Howe", "daily 1:30-2:30", "2026-12-25/2026-12-26",
     ["2026-04-05", "2026-10-04", "2026-12-25", "2027-04-04"]),
    ("America/Santiago", "daily 0:00-1:00", "",
     ["2026-04-05", "2026-09-06", "2027-04-04", "2027-09-05"]),
    ("Asia/Kathmandu", "Mon-Fri 8:00-12:00; Sat 10:00-10:30", "2026-10-19/2026-10-23",
     ["2026-10-18", "2026-10-24", "2026-12-31", "2027-01-02"]),
]
TIMES = ["00:00", "00:30", "01:15", "02:00", "02:45", "07:59", "08:00", "12:00", "19:30", "20:00", "23:59"]


def windows(text):
    out = []
    for part in text.split("; "):
        days, times = part.split(" ")
        first, last = times.split("-")
        if days == "daily":
            on = set(range(7))
        elif "-" in days:
            a, b = days.split("-")
            on = set(range(DAYS.index(a), DAYS.index(b) + 1))
        else:
            on = {DAYS.index(days)}
        clock = lambda t: int(t.split(":")[0]) * 60 + int(t.split(":")[1])
        out.append((on, clock(first), clock(last)))
    return out


def off_days(text):
    out = set()
    for part in filter(None, text.split(" ")):
        a, b = (dt.date.fromisoformat(x) for x in part.split("/"))
        while a <= b:
            out.add(a)
            a += dt.timedelta(days=1)
    return out


def instant(zone, day, minute):
    """The first instant at which the clock on the wall shows this time of this day, or has passed it."""
    wanted = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)
    # walk from well before: offsets are within a day
    at = wanted.replace(tzinfo=UTC) - dt.timedelta(hours=15)
    at = at.replace(second=0, microsecond=0)
    while at.astimezone(zone).replace(tzinfo=None) < wanted:
        at += MINUTE
    return at


class Person:
    def __init__(self, zone, hours, off):
        self.zone, self.windows, self.off = zoneinfo.ZoneInfo(zone), windows(hours), off_days(off)
        self.days = {}

    def stretches(self, day):
        if day not in self.days:
            out = []
            if day not in self.off:
                for on, first, last in self.windows:
                    if day.weekday() in on:
                        a, b = instant(self.zone, day, first), instant(self.zone, day, last)
                        if a < b:
                            out.append((a, b))
            self.days[day] = sorted(out)
        return self.days[day]

    def is_good(self, at):
        day = at.astimezone(self.zone).date()
        return any(a <= at < b for d in (-1, 0, 1) for a, b in self.stretches(day + dt.timedelta(days=d)))

    def next_good(self, at):
        while not self.is_good(at):
            at += MINUTE
        return at

    def last_before(self, deadline):
        """The latest start of a whole good hour that ends by the deadline; of a shorter stretch, its start."""
        day = deadline.astimezone(self.zone).date()
        for back in range(-1, 61):
            for a, b in reversed(self.stretches(day - dt.timedelta(days=back))):
                end = min(b, deadline)
                if end - a >= dt.timedelta(hours=1):
                    return end - dt.timedelta(hours=1)
                if b - a < dt.timedelta(hours=1) and b <= deadline:
                    return a
        return None

    def works(self, at):
        day = at.astimezone(self.zone).date()
        return day.weekday() < 5 and day not in self.off

    def after_working_days(self, at, count):
        left = count * 24 * 60
        while left > 0:
            if self.works(at):
                left -= 1
            at += MINUTE
        return at


def shown(at):
    return at.strftime("%Y-%m-%dT%H:%MZ") if at else "none"


def main():
    print("zone,hours,off,at,next_good,last_good_before,three_working_days")
    for zone, hours, off, days in PLACES:
        who = Person(zone, hours, off)
        for day in days:
            for time in TIMES:
                h, m = time.split(":")
                at = instant(who.zone, dt.date.fromisoformat(day), int(h) * 60 + int(m))
                print(",".join([zone, hours, off, shown(at), shown(who.next_good(at)), shown(who.last_before(at)),
                                shown(who.after_working_days(at, 3))]))


if __name__ == "__main__":
    main()

"""A season's record on examples/xian, and how long `rotation` and `status` take with it.

    python3 benches/season.py target/release/curtail target/season
    python3 benches/season.py target/release/curtail target/season-lists lists

With `lists` whole customers are stopped by list, so that what each has borne is remembered too.

150 days of orders are decided, approved, signed and issued by the program itself, one after the other, at a shortage in which some
thousands of customers are cut every day. The folder is made once and kept. Figures stand in docs/benchmarks.md.
"""

import csv
import datetime
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

DAYS = 150
FIRST = datetime.date(2025, 11, 1)
RUNS = 15
SUPPLY = [
    ("north-pipeline", 4_900_000, 280_000, ""),
    ("west-pipeline", 3_400_000, 195_000, ""),
    ("east-lng", 350_000, 33_332, ""),
    ("south-pipeline", 1_750_000, 100_000, ""),
    ("lantian-station", 330_000, 20_625, "lantian"),
    ("zhouzhi-station", 390_000, 24_375, "zhouzhi"),
]


MEASURES = [
    "stop-industry-commerce",
    "reduce-chp",
    "stop-public-service-boilers",
    "limit-community-boilers",
    "limit-large-central",
    "rotate-blocks",
]
LISTS = [word for measure in MEASURES for word in ("--set", f'measures.{measure}.sharing="list"')]


def run(program, case, now, *args):
    call = [program, "-q", "-C", str(case), "--now", now, *args]
    done = subprocess.run(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(call)}: {done.stderr}")
    return done.stdout


def make(program, case, rules):
    examples = pathlib.Path(__file__).resolve().parent.parent / "examples" / "xian"
    shutil.copytree(examples, case)
    (case / "demand.csv").unlink()
    toml = (case / "case.toml").read_text(encoding="utf-8").replace('demand = "demand.csv"\n', "")
    (case / "case.toml").write_text(toml, encoding="utf-8")
    days = [FIRST + datetime.timedelta(days=day) for day in range(DAYS)]
    with open(case / "supply.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["date", "source", "volume_m3", "max_m3_h", "area"])
        for number, day in enumerate(days):
            for source, volume, most, area in SUPPLY:
                # A little more and a little less, so that no two days are alike.
                rows.writerow([day, source, volume if area else volume + 10_000 * (number % 7), most, area])
    cut = []
    for number, day in enumerate(days):
        now = f"{day}T06:00:00+08:00"
        decide = ["decide", "--date", str(day), "--record", "--by", "A", *rules]
        orders = run(program, case, now, "--format", "csv", *decide)
        cut.append(orders.count("\n") - 1)
        for step, role in [("approve", "group"), ("sign", "head"), ("issue", "office")]:
            run(program, case, now, step, f"{day}-1", "--by", "A", "--role", role)
        if number % 10 == 9:
            print(f"{number + 1} days", file=sys.stderr)
    size = (case / "record.db").stat().st_size
    print(f"{DAYS} days, {min(cut)} to {max(cut)} customers cut a day, record of {size / 1e6:.0f} MB")


def measure(program, case, now, rules, *args):
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run(program, case, now, *args, *rules)
        times.append((time.perf_counter() - began) * 1000)
    print(f"{' '.join(args)}: least {min(times):.0f} ms, median {statistics.median(times):.0f} ms")


def main():
    program, case = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    rules = LISTS if sys.argv[3:] == ["lists"] else []
    if not case.exists():
        make(program, case, rules)
    last = FIRST + datetime.timedelta(days=DAYS - 1)
    now = f"{last}T09:00:00+08:00"
    after = [str(last + datetime.timedelta(days=days)) for days in (1, 14)]
    measure(program, case, now, [], "status")
    measure(program, case, now, rules, "rotation", "--from", str(FIRST), "--to", str(last))
    measure(program, case, now, rules, "rotation", "--from", after[0], "--to", after[1], "--shortfall", "27")
    measure(program, case, now, rules, "rotation", "--from", str(FIRST), "--to", after[1], "--shortfall", "27")


main()

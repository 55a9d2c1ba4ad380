#!/usr/bin/env python3
"""Writes a synthetic case of a million customers, and times the program on it.

    python3 benches/million.py CURTAIL FOLDER

CURTAIL is the built program; FOLDER is made. Prints wall and processor time and the largest memory of a decision whose
orders are written to a file, of one that is kept with all that proves it, and of its verification and explanation.
Synthetic: the figures mean nothing.
"""
import os
import random
import subprocess
import sys
import time

CLASSES = ["residential", "boiler_community", "industry", "commercial", "residential_heating", "hospital"]
CASE = """[case]
name = "a million customers (synthetic)"
policy = "xian-2025"
timezone = "Asia/Shanghai"
gas_day_start = "08:00"
pooling = true
hourly = false
[files]
customers = "customers.csv"
districts = "districts.csv"
supply = "supply.csv"
"""


def write(folder):
    os.makedirs(folder, exist_ok=True)
    dice = random.Random(7)
    with open(f"{folder}/customers.csv", "w") as out:
        out.write("customer_id,name,district,company,class,demand_m3,floor_m3,boiler_t_h,backup,households\n")
        for n in range(1_000_000):
            kind, demand = dice.choice(CLASSES), dice.randint(10, 100)
            floor = demand // 5 if kind == "industry" else 0
            tonnage = dice.choice([1, 6, 12]) if kind == "boiler_community" else ""
            backup, homes = "oil" if n % 10 == 0 else "none", 1 if kind == "residential" else ""
            out.write(f"c{n:07d},Customer number {n} of the synthetic city,d{n % 9},gas{n % 3},{kind},{demand},{floor},{tonnage},{backup},{homes}\n")
    with open(f"{folder}/districts.csv", "w") as out:
        out.write("district,name,urban\n" + "".join(f"d{d},District {d},true\n" for d in range(9)))
    with open(f"{folder}/supply.csv", "w") as out:
        out.write("date,source,volume_m3\n2026-01-09,gate,41000000\n")
    with open(f"{folder}/case.toml", "w") as out:
        out.write(CASE)


def timed(what, command, to):
    for _ in range(5):
        start = time.perf_counter()
        with open(to, "w") as out:
            process = subprocess.Popen(command, stdout=out)
            _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        print(f"{what}: exit {os.waitstatus_to_exitcode(status)}  wall {wall:.2f} s  user {used.ru_utime:.2f} s  "
              f"system {used.ru_stime:.2f} s  memory {used.ru_maxrss / 1024:.0f} MB")


def main():
    program, folder = sys.argv[1:]
    if not os.path.exists(f"{folder}/case.toml"):
        write(folder)
    case, day = [program, "-q", "-C", folder], ["--date", "2026-01-09"]
    timed("orders alone", [*case, "decide", *day, "--format", "csv"], f"{folder}/orders.csv")
    timed("decision and orders", [*case, "decide", *day, "--out", f"{folder}/out"], os.devnull)
    decision = f"{folder}/out/decision.json"
    timed("verify", [*case, "verify", decision], os.devnull)
    timed("verify with orders", [*case, "verify", decision, "--orders", f"{folder}/out/orders.csv"], os.devnull)
    timed("explain", [*case, "explain", "c0000001", "--decision", decision], os.devnull)


main()

"""Runs a command and says what it cost: seconds, CPU seconds of it and its children, peak memory."""
import os
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Cost:
    status: int
    seconds: float
    cpu: float
    peak_megabytes: float
    output: str


def run(command, core=None, cwd=None, environment=None):
    """Runs a command to its end, on one core if asked; standard error goes to the caller's."""

    def pin():
        if core is not None and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {core})

    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, cwd=cwd, env=environment, preexec_fn=pin, text=True
    )
    output = process.stdout.read()
    # wait4 gives the figures of this child alone.
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1024 if os.uname().sysname == "Linux" else 1024 * 1024
    return Cost(
        status=process.returncode,
        seconds=seconds,
        cpu=usage.ru_utime + usage.ru_stime,
        peak_megabytes=usage.ru_maxrss / unit,
        output=output,
    )


def machine():
    """One line about the machine the figures are from."""
    model = "unknown processor"
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            for line in info:
                if line.startswith("model name"):
                    model = line.split(":", 1)[1].strip()
                    break
    except OSError:
        pass
    return f"{model}, {os.cpu_count()} cores, {os.uname().sysname} {os.uname().machine}"



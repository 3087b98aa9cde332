"""Runs of `derive check` that are killed, that share a cluster, or that must all say the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any

Environment = Callable[..., dict[str, str]]
Verdicts = list[tuple[Any, ...]]


def command(paths: list[Path], *options: str) -> list[str]:
    """The command line of a run."""
    words = [sys.executable, "-m", "derive", "check", "--isolated", "--format", "json"]
    return [*words, *options, *map(str, paths)]


def verdicts(report: Any) -> Verdicts:
    """What a report says, without times."""
    return [tuple(json.dumps(v) for k, v in c.items() if k != "seconds") for c in report["claims"]]


def finished(paths: list[Path], environment: dict[str, str], *options: str) -> Any:
    """The report of a run that ends by itself."""
    done = subprocess.run(
        command(paths, *options), env=environment, capture_output=True, check=False, text=True
    )
    if "Traceback" in done.stderr or not done.stdout:
        raise SystemExit(f"check failed: {done.stderr}")
    return json.loads(done.stdout)


# -- killed at random moments ------------------------------------------------------------------


def damaged(pages: list[Path], runs: int, environment: Environment) -> int:
    """Kill runs with one and with two writers; whatever they kept must be right.

    After every kill the records are read: each that is sealed must be of a whole page and
    say what an undisturbed run says, and none that was there may be gone.
    """
    pages = pages[:12]
    random = Random(0)
    with TemporaryDirectory() as folder:
        truth = finished(pages, environment(Path(folder)), "--no-cache")
        right: dict[str, Verdicts] = {}
        for claim in truth["claims"]:
            right.setdefault(claim["path"], []).extend(verdicts({"claims": [claim]}))
        wrong = lost = kept = 0
        for run in range(runs):
            if run % 20 == 0:
                account = Path(folder, str(run))
                before: set[str] = set()
            writers = [
                subprocess.Popen(
                    command(random.sample(pages, len(pages)), "--jobs", "1"),
                    env=environment(account), start_new_session=True,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )
                for _ in range(1 + run % 2)
            ]  # fmt: skip
            sleep(random.uniform(0.05, 6.0))
            for writer in writers:
                os.killpg(writer.pid, signal.SIGKILL)
                writer.wait()
            now = records(account, environment)
            kept += len(now)
            lost += len(before - now.keys())
            wrong += sum(right.get(path, []) != said for path, said in now.items())
            before = set(now)
        print(f"{runs} runs killed: {kept} records read, {lost} lost, {wrong} wrong")
    return 1 if lost or wrong or not kept else 0


def records(account: Path, environment: Environment) -> dict[str, Verdicts]:
    """What is kept of each page, as a later run would show it.  Fails on a broken cache."""
    program = (
        "import json, sys\n"
        "from derive.check.claims import Claim\n"
        "from derive.check.database import Database\n"
        "from derive.check.sealing import cache_folder\n"
        "database, out = Database(cache_folder() / 'check.sqlite'), {}\n"
        "assert database._db.execute('PRAGMA integrity_check').fetchone() == ('ok',)\n"
        "for path in database.paths():\n"
        "    record = database.record(path)\n"
        "    assert record.sealed, path\n"
        "    claims = database.claims(path, record.key) if record.key else None\n"
        "    if claims is not None: out[path] = [Claim(*c).data() for c in claims]\n"
        "json.dump(out, sys.stdout)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(account), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"the cache cannot be read: {done.stderr}")
    return {p: verdicts({"claims": claims}) for p, claims in json.loads(done.stdout).items()}


# -- a cluster ---------------------------------------------------------------------------------


def clustered(pages: list[Path], environment: Environment) -> int:
    """A scheduler and two workers on this machine, one of them killed in mid-run."""
    with TemporaryDirectory() as folder:
        account = environment(Path(folder))
        # Limits of time are another matter: a machine with more to do reaches them sooner.
        patient = ("--no-cache", "--timeout", "300")
        alone = finished(pages, account, *patient)
        dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
        quiet = {"env": account, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        port = "18786"
        scheduler = subprocess.Popen([*dask, "--port", port, "--no-dashboard"], **quiet)
        workers: list[subprocess.Popen[bytes]] = []
        try:
            sleep(3)
            for k in range(2):
                words = [sys.executable, "-m", "distributed.cli.dask_worker", f"127.0.0.1:{port}"]
                words += ["--nthreads", "1", "--no-nanny", "--no-dashboard"]
                words += ["--local-directory", str(Path(folder, f"worker{k}"))]
                workers.append(subprocess.Popen(words, **quiet))
            sleep(4)
            run = subprocess.Popen(
                command(pages, *patient, "--executor", f"dask://127.0.0.1:{port}"),
                env=account, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            began = monotonic()
            sleep(5)
            workers[0].kill()
            said, _ = run.communicate()
            seconds = monotonic() - began
        finally:
            for process in (*workers, scheduler):
                process.kill()
                process.wait()
    report = json.loads(said)
    places = [(c["path"], c["line"], c["column"], c["step"]) for c in report["claims"]]
    same = verdicts(report) == verdicts(alone)
    print(
        f"{len(places)} claims of {len(pages)} pages in {seconds:.1f} s, one worker killed: "
        f"{len(places) - len(set(places))} twice, {'the same' if same else 'NOT the same'} "
        "verdicts as without a cluster"
    )
    return 0 if same and len(places) == len(set(places)) else 1


# -- the same everywhere -----------------------------------------------------------------------


def same_everywhere(pages: list[Path], environment: Environment) -> int:
    """Hash seeds, numbers of workers, ways to start them, cold, warm and replayed."""
    found: dict[str, Verdicts] = {}
    with TemporaryDirectory() as folder:
        for seed in range(8):
            jobs, method = str(1 + seed % 2), ("fork", "spawn")[seed // 2 % 2]
            account = environment(Path(folder, str(seed)), PYTHONHASHSEED=str(seed))
            way = ("--jobs", jobs, "--start-method", method)
            for kind in (("cold",), ("warm",), ("replayed", "--replay")):
                report = finished(pages, account, *way, *kind[1:])
                found[f"seed {seed}, {jobs} workers, {method}, {kind[0]}"] = verdicts(report)
    first = next(iter(found.values()))
    different = [name for name, said in found.items() if said != first]
    print(f"{len(found)} runs, {len(first)} claims: {len(different)} say something else")
    for name in different:
        changed = sum(a != b for a, b in zip(first, found[name], strict=False))
        print(f"  {name}: {changed} claims")
    return 1 if different else 0

"""Known vulnerabilities of what requirements.lock names: `python .ci/audit.py` fails on a finding.

Where the advisories cannot be reached it says so and does not fail; pip-audit itself then finds "no vulnerabilities".
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parent.parent / "requirements.lock"
COMMAND = (sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off")
LONGEST = 600  # seconds


def verdict(report: str) -> tuple[int, str]:
    """Exit code and one line of a report of pip-audit in JSON."""
    try:
        packages = json.loads(report)["dependencies"]
    except ValueError:
        return 0, "pip-audit: not run: it gave no report"
    asked = [package for package in packages if "vulns" in package]
    if not asked:
        return 0, "pip-audit: not run: no advisory could be read from here"
    found = [f"{package['name']} {package['version']}: {one['id']}" for package in asked for one in package["vulns"]]
    unknown = f", {len(packages) - len(asked)} without an answer" if len(asked) < len(packages) else ""
    return bool(found), f"pip-audit: {len(asked)} packages{unknown}, {'; '.join(found) or 'no known vulnerability'}"


def main() -> int:
    """Ask, print the line, and give the exit code."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            [*COMMAND, "-r", LOCK, "-f", "json"], capture_output=True, text=True, timeout=LONGEST, check=False
        )
        code, line = verdict(done.stdout)
    except subprocess.TimeoutExpired:
        code, line = 0, f"pip-audit: not run: no answer in {LONGEST} s"
    print(line)
    return code


if __name__ == "__main__":
    sys.exit(main())

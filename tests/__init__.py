"""Tests, fakes at the very edge, benchmarks and the demo."""

import os

# Debian keeps daemons (mosquitto, pcscd) where an ordinary person's PATH does not look.
os.environ["PATH"] = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))

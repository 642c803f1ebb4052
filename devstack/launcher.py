"""Becomes another program, on a leash: it dies with its starter and, if asked, runs as an unprivileged user.

Run as a script by `process.py`, with the standard library only, so that it costs a few milliseconds:

    launcher.py --parent PID --signal N [--uid N --gid N] -- program argument…

A separate program rather than `preexec_fn`, which is unsafe in a process that has threads.
"""

import argparse
import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522


class CapabilityHeader(ctypes.Structure):
    """`struct __user_cap_header_struct` of capset(2)."""

    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class CapabilityData(ctypes.Structure):
    """`struct __user_cap_data_struct` of capset(2)."""

    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


def main() -> None:
    """Tie this process to its starter, drop to the wanted user, become the program."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--parent", type=int, default=0)
    parser.add_argument("--signal", type=int, default=signal.SIGTERM)
    parser.add_argument("--uid", type=int)
    parser.add_argument("--gid", type=int)
    parser.add_argument("program", nargs="+")
    options = parser.parse_args()
    if options.uid is not None:
        become_user(options.uid, options.gid)
    if options.parent:
        die_with_parent(options.parent, options.signal)
    try:
        os.execvp(options.program[0], options.program)
    except OSError as error:
        sys.exit(f"{options.program[0]} cannot be started: {error.strerror}")


def become_user(uid: int, gid: int) -> None:
    """Leave root for `uid`, still able to pass through the directories that only root may enter."""
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux":
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if sys.platform == "linux":
        keep_path_access(libc)


def keep_path_access(libc: ctypes.CDLL) -> None:
    """Hand CAP_DAC_OVERRIDE on to the program: a checkout below /root or in a 0700 directory must work too.

    A machine that denies it is fine as long as the paths are open to everyone, so failures are not looked at.
    """
    wanted = 1 << CAP_DAC_OVERRIDE
    data = (CapabilityData * 2)(CapabilityData(wanted, wanted, wanted), CapabilityData(0, 0, 0))
    libc.capset(ctypes.byref(CapabilityHeader(CAPABILITY_VERSION_3, 0)), data)
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def die_with_parent(parent: int, death_signal: int) -> None:
    """Ask the kernel for `death_signal` when the starter dies; leave at once if it already has."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the starter is gone")


if __name__ == "__main__":
    main()

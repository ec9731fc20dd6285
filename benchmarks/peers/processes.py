"""Running other programs: their output or one clear error, and no process left when we are interrupted."""

import subprocess

STOP_SECONDS = 5


class Failure(Exception):
    """Ends the comparison: one line for the user and the exit status (1: a run failed, 2: something is absent)."""

    def __init__(self, message, status=1):
        super().__init__(message)
        self.status = status


def output_of(command, name, timeout, env=None, statuses=(0,)):
    """The standard output of a command; a Failure that carries the end of its stderr otherwise.

    It gets SIGTERM when it exceeds `timeout` seconds or when we are interrupted: mpirun then ends its ranks and
    removes its shared memory.
    """
    try:
        process = subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
    except OSError as error:
        raise Failure(f"cannot start {name}: {error.strerror} ({command[0]})", 2) from None
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        stop(process)
        raise Failure(f"{name} did not end within {timeout:.0f} s") from None
    except BaseException:
        stop(process)
        raise
    if process.returncode not in statuses:
        lines = [line for line in err.splitlines() if line.strip()]
        raise Failure(f"{name} ended with status {process.returncode}: " + " | ".join(lines[-4:]))
    return out


def stop(process):
    process.terminate()
    try:
        process.communicate(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()

"""Give the kernels that nbval starts a second chance, as the suite gives its own.

A kernel's ports are chosen before the kernel binds them; a program that takes one in between kills
the kernel before its first cell, which says nothing about the notebook.
"""

from nbval import plugin
from nbval.kernel import RunningKernel

from dz_analysis.suite.runner import KERNEL_STARTS


def _start_kernel(*args: object, **options: object) -> RunningKernel:
    for _ in range(KERNEL_STARTS - 1):
        try:
            return RunningKernel(*args, **options)
        except RuntimeError:  # it died before it answered
            continue
    return RunningKernel(*args, **options)


plugin.RunningKernel = _start_kernel

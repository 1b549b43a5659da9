# Checks of the machine itself: their titles, one line each about what they found, and what happened when.

check-machine-identity = Which computer this is
check-os-build = System and build
check-uptime-boots = Uptime and restarts
check-cpu-pressure = Processor
check-memory-pressure = Memory
check-disk-pressure = Disks
check-recent-updates = Recent updates
check-installed-software = Installed software
check-system-log = Errors in the system log

# Why a check was not run or could not tell.
skip-not-on-this-system = Nightline cannot check this on this system yet.
check-skipped-not-allowed = The organization’s policy does not allow this check.
check-skipped-cancelled = The diagnosis was stopped before this check ran.
check-unknown-limit = { $seconds ->
    [one] There was no result within 1 second.
   *[other] There was no result within { $seconds } seconds.
}
check-unknown-deadline = { $seconds ->
    [one] The diagnosis ended after 1 second, before this check was done.
   *[other] The diagnosis ended after { $seconds } seconds, before this check was done.
}
check-unknown-panicked = The check itself failed. This is a fault in Nightline, not in this computer.
check-unknown-silent = The check gave no result. This is a fault in Nightline, not in this computer.
check-unknown-slow-read = The system took too long to answer.
check-unknown-nothing-readable = The system does not say.
check-unknown-not-allowed = Only an administrator may read this: { $sources }.
check-unknown-no-package-log = No record of updates was found.
check-unknown-no-package-database = No list of installed software was found.
check-unknown-no-system-log = No system log was found.

# Why a field of the machine is absent.
withheld-needs-administrator = only an administrator may read it
withheld-not-set-by-maker = the manufacturer has not set it
withheld-not-a-cloud-machine = this is not a cloud machine
withheld-not-told = the system does not say

# What is wrong.
reason-kernel-modules-gone = An update replaced parts of the running system ({ $kernel }). Restart this computer so that new devices and connections work again.
reason-crashed = { $count ->
    [one] This computer went down unexpectedly once in the last 7 days.
   *[other] This computer went down unexpectedly { $count } times in the last 7 days.
}
reason-cpu-busy = Programs have to wait for the processor. { $program } uses the most.
reason-memory-stalled = This computer has nearly come to a stop because it is short of memory. { $program } uses the most.
reason-memory-waiting = Programs have to wait for memory. { $program } uses the most.
reason-memory-short = Only { $pct } % of the memory is left. { $program } uses the most.
reason-disk-full = The disk at { $path } is full: { $mib } MB left.
reason-disk-nearly-full = The disk at { $path } is nearly full: { $pct } % left.
reason-disk-no-more-files = The disk at { $path } has room, but cannot hold any more files.
reason-disk-few-files-left = The disk at { $path } can hold only a few more files.
reason-disk-waiting = Programs have to wait for the disk.
reason-log-disk = The system log reports disk errors.
reason-log-hardware = The system log reports hardware errors.
reason-log-memory = The system ran out of memory and ended a program.
reason-log-crash = The system log says that part of the system hung or crashed.

# What happened.
event-boot = The computer started.
event-shutdown = The computer was shut down.
event-crash = The computer went down unexpectedly.
event-software-installed = Installed: { $packages }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}
event-software-upgraded = Updated: { $packages }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}
event-software-downgraded = Returned to an older version: { $packages }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}
event-software-removed = Removed: { $packages }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}
event-log-error = { $origin }: { $line }{ $count ->
    [1] {""}
   *[other] {" "}({ $count } times)
}

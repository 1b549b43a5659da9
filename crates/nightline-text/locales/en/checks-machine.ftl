# Checks of the machine itself: their titles, one line each about what they found, and what happened when.

check-machine-identity = Which computer this is
check-os-build = System and build
check-uptime-boots = Running time and restarts
check-cpu-pressure = Processor
check-memory-pressure = Memory
check-disk-pressure = Disks
check-recent-updates = Recent updates
check-installed-software = Installed software
check-system-log = Messages of the system

# Why a check was not run or could not tell.
skip-not-on-this-system = Nightline cannot check this on this system yet.
check-skipped-not-allowed = Your organization does not allow this check.
check-skipped-cancelled = The diagnosis was stopped before this was checked.
check-unknown-limit = There was no result within { $seconds } s.
check-unknown-deadline = The diagnosis ended after { $seconds } s, before this was done.
check-unknown-panicked = The check itself failed. This is an error in Nightline.
check-unknown-silent = The check gave no result. This is an error in Nightline.
check-unknown-slow-read = The system took too long to answer.
check-unknown-nothing-readable = The system does not tell.
check-unknown-not-allowed = Only an administrator may read this: { $sources }.
check-unknown-no-package-log = No record of updates was found.
check-unknown-no-package-database = No list of installed software was found.
check-unknown-no-system-log = No system log was found.

# Why a field of the machine is absent.
withheld-needs-administrator = only an administrator may read it
withheld-not-set-by-maker = the maker has not set it
withheld-not-a-cloud-machine = this is not a cloud machine
withheld-not-told = the system does not tell

# What is wrong.
reason-kernel-modules-gone = An update removed parts of the running system ({ $kernel }). Restart the computer so that new devices and connections work again.
reason-crashed = { $count ->
    [one] The computer went down unexpectedly once in the last 7 days.
   *[other] The computer went down unexpectedly { $count } times in the last 7 days.
}
reason-cpu-busy = Programs have to wait for the processor. { $program } is using most of it.
reason-memory-stalled = The computer is almost standing still because it has too little memory. { $program } is using most of it.
reason-memory-waiting = Programs have to wait for memory. { $program } is using most of it.
reason-memory-short = Only { $pct } % of the memory is left. { $program } is using most of it.
reason-disk-full = The disk at { $path } is full: { $mib } MB are left.
reason-disk-nearly-full = The disk at { $path } is nearly full: { $pct } % are left.
reason-disk-no-more-files = The disk at { $path } cannot take any more files, although it has room.
reason-disk-few-files-left = The disk at { $path } can take only a few more files.
reason-disk-waiting = Programs have to wait for the disk.
reason-log-disk = The system reports errors of a disk.
reason-log-hardware = The system reports errors of the hardware.
reason-log-memory = The system ended a program because the memory ran out.
reason-log-crash = The system reports that part of it hung or crashed.

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
event-software-downgraded = Set back to an older version: { $packages }{ $more ->
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

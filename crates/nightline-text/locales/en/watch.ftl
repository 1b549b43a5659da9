# The tray, its announcements, and what the app says by itself.
tray-not-looked = Looking at the connection for the first time
tray-unread = { $count ->
    [one] The support desk has answered
   *[other] { $count } new answers from the support desk
}
tray-get-help = Get help
tray-happening = What is happening now
tray-tickets = My tickets
tray-tickets-unread = My tickets ({ $count } new)
tray-settings = Settings
tray-about = About Nightline
tray-quit = Quit
tray-title = Nightline

notify-answer = The support desk has answered
notify-answer-body = Ticket { $number }. Open Nightline to read it.

watch-no-tray = This desktop shows no tray icons. You find Nightline under its name among your programs.
watch-running = Nightline is already running. Its window opens.
watch-cannot-show = Nightline is running, but does not answer. Sign out and in again, or restart this computer.
watch-no-home = Nightline has no folder for its own files, so it cannot start: { $path }
watch-no-window = The window could not be opened. On the command line, “nightline get-help” does the same.
watch-usage = Usage: nightline-watch [--show | --get-help] [--home FOLDER] [--lang en|zh-CN] [--desk ADDRESS] [--ca FILE]
watch-wrong-word = Not understood: { $word }
watch-window-wrong = The window belongs to another version of Nightline. Sign out and in again to finish the update.

help-target-wrong = This is not an address yet. Write a name, for example server.example.com, or copy the whole address from your browser.
help-without-words = (Sent at once, without a description.)
help-no-desk = No support desk is set up yet. Enter its address under Settings, or ask your IT department for it.
help-look-failed = The checks have stopped unexpectedly. You can go on without them.
help-worker-gone = Putting this together has stopped unexpectedly. Nothing was sent, and your answers are still here. Please try again.
work-item-unreadable = This cannot be shown here.

unkept-disk-full = There is no room left on the disk. What you write is kept only until you sign out or switch this computer off. Delete or move something large; Nightline then keeps it by itself.
unkept-not-allowed = Nightline may not write to its own folder, { $folder }. What you write is kept only until you sign out or switch this computer off. Your IT department can change that.
unkept-failed = Nightline cannot write to its own folder, { $folder }, and keeps trying. What you write is kept only until you sign out or switch this computer off. If this stays, tell your IT department.

picture-unreadable = This picture cannot be read. PNG and JPEG files work.
picture-too-large = This picture is too large. Up to 20 MB work.
picture-too-many = A ticket takes up to { $most } pictures. Remove one first.
picture-gone = This picture is no longer there.

number-hours-always = day and night
number-hours-day = { $day }, { $from } to { $to } (UTC{ $offset })
number-hours-days = { $first } to { $last }, { $from } to { $to } (UTC{ $offset })
number-hours-some-days = on some days, { $from } to { $to } (UTC{ $offset })
weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday

ticket-log-when = When: { $text }
ticket-log-cause = Probable cause: { $text }
ticket-log-measure = What was done: { $text }
ticket-log-permanent = So that it stays away: { $text }

ticket-not-asked = The support desk cannot be reached right now. This is how things stood last.
ticket-file-wrong = This file cannot be read.
save-failed = The file could not be written. There may be too little space on the disk.
save-nothing = There is no file for this ticket any more: the support desk has it.
settings-not-kept = The setting could not be saved. There may be too little space on the disk.
settings-desk-wrong = This is not an address of a support desk. It begins with https://
settings-managed = Your organization sets this.

collected-report = The results of the checks: connection, name lookup, updates, memory and disk
collected-machine = Which computer this is: model and system, and its serial number if you leave it ticked
collected-log = The lines of the system log around the time you name
collected-words = What you write, and the pictures that you keep
collected-replaced = User, computer and network names, addresses and passwords in what is collected are replaced before it leaves

# What leaves with a ticket, and what can go wrong with a bundle.
bundle-item-what = What is wrong, in your words
bundle-item-error = The error text
bundle-item-time = When it happened
bundle-item-steps = How to make it happen again
bundle-item-expected = What you expected
bundle-item-circumstances = How often, who else, and what it stops
bundle-item-target = What you want to reach
bundle-item-other-machine = The other machine
bundle-item-contact = How to reach you
bundle-item-report = Results of the checks
bundle-item-asset-ids = Serial number and asset tag
bundle-item-machine = Which computer this is
bundle-item-system-log = Errors from the system log
bundle-item-attachment = Your file { $name }

bundle-error-internal = The bundle could not be put together. This is a fault in Nightline, not in your computer.
bundle-error-take-in = A file for the bundle could not be read. Leave it out, or check that you may open it.
bundle-error-too-many-attachments = A ticket takes at most { $limit } files.
bundle-error-attachment-too-large = This file is too large. A ticket takes files of up to { $limit_mib } MiB each.
bundle-error-file-empty = This file is empty, so there is nothing to send.
bundle-error-no-such-item = There is no item named “{ $item }” in the list.
bundle-error-item-required = What is wrong has to stay in. Without it there is no ticket.
bundle-error-disk-full = The disk is full, so the bundle could not be saved. Free some space and try again; nothing you entered is lost.
bundle-error-write = The bundle could not be saved in this folder. Choose another folder.
bundle-error-too-large = The bundle is too large. The limit is { $limit_mib } MiB; leave out a large file.
bundle-error-too-many-entries = The bundle has too many files. The limit is { $limit }.

bundle-error-read = The bundle could not be read. Check that the file is there and that you may open it.
bundle-error-not-a-bundle = This file is not a Nightline bundle.
bundle-error-damaged = The bundle is damaged or incomplete. Ask for it again.
bundle-error-entry-damaged = The bundle is damaged: { $name } does not match its list of contents.
bundle-error-schema = This bundle was made by a newer Nightline. Update to read it.
bundle-error-bomb = The bundle was not opened: it claims to hold far more than a bundle can.
bundle-error-name = The bundle was not opened: it contains a file name that is not allowed ({ $name }).
bundle-error-foreign = The bundle was not opened: it was not made by Nightline.
bundle-error-no-such-entry = There is no such file in the bundle.
bundle-error-entry-too-large = This file is too large to show. The limit is { $limit_mib } MiB.

# The main job, whatever shell it runs in.
check-device-key = Where this device's key is kept
device-key-file = In a private file, because that was asked for.
device-key-file-earlier = In a private file, where it was made.
device-key-no-keyring = In a private file, because this system has no keyring. It is not protected by your sign-in.
device-key-keyring-silent = In a private file, because the keyring did not answer. It is not protected by your sign-in.
device-key-locked = Your keyring is locked. Unlock it by signing in to the desktop, then try again.
device-key-unreachable = This device's key is in a keyring that cannot be reached from here. Try again from the desktop.
device-key-no-answer = Your keyring did not answer. Look for a window that asks for its password, then try again.
device-key-damaged = This device's key is damaged. Ask your organisation before you remove it: the device will count as a new one.
device-key-failed = This device's key could not be read or stored. Check that the disk is not full, then try again.

attachment-unreadable = This file could not be read: { $path }
reply-empty = Your answer is empty.
reply-too-long = Your answer is longer than a message can be. Shorten it, or send it as a file with a new ticket.
outbox-full = Too many tickets wait on this computer already. Send or give up some of them first: `nightline outbox list` shows them.

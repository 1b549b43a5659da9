# The main job, whatever shell it runs in.
check-device-key = Where this computer’s key is kept
device-key-keyring = In your keyring, which opens only when you sign in.
device-key-file = In a private file, because the settings say so.
device-key-file-earlier = In a private file, where it was first made.
device-key-no-keyring = In a private file, because this system has no keyring. It is not protected by your sign-in.
device-key-keyring-silent = In a private file, because the keyring did not answer. It is not protected by your sign-in.
device-key-locked = Your keyring is locked. Sign in to the desktop to unlock it, then try again.
device-key-unreachable = This computer’s key is in a keyring that cannot be reached from here. Try again from the desktop.
device-key-no-answer = Your keyring did not answer. Look for a window that asks for its password, then try again.
device-key-damaged = This computer’s key is damaged. Ask your IT department before you remove it: without it, the support desk takes this computer for a new one.
device-key-failed = This computer’s key could not be read or saved. Check that the disk is not full, then try again.

attachment-unreadable = This file could not be read: { $path }
reply-empty = Your answer is empty. Write something first.
reply-too-long = Your answer is too long for one message. Shorten it, or add it to the ticket as a file.
outbox-full = Too many tickets are waiting on this computer. Send or give up some of them first: `nightline outbox list` shows them.

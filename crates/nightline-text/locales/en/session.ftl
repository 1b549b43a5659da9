# What a person reads about sending a ticket to the desk.

session-delivered = The support desk has your ticket and everything in it.
session-busy = This ticket is being sent right now by another window or program.
session-item-damaged = This ticket’s file on this computer is damaged. It stays where it is; please ask for help again so that nothing is missing.

session-offline-name = The support desk’s name could not be found. Check the connection and the desk’s address; your ticket is kept and goes out by itself.
session-offline-connect = The support desk could not be reached. Your ticket is kept and goes out by itself as soon as the desk answers.
session-offline-exchange = The connection to the support desk broke off. Your ticket is kept and goes on by itself where it stopped.
session-untrusted-issuer = Something answered in the support desk’s place, with a certificate that this computer does not trust. Nothing was sent. Tell your IT department; your ticket is kept.
session-untrusted-name = Something answered whose certificate belongs to another name. Nothing was sent. Check the desk’s address; your ticket is kept.
session-untrusted-time = The support desk’s certificate is not valid at this computer’s time. Check the date and time of this computer; your ticket is kept.
session-not-a-desk = What answered at this address is not a support desk. Check the address, and whether this network wants you to sign in first; your ticket is kept.
session-clock-skew = This computer’s clock and the support desk’s differ too much. The desk says { $desk_time }. Correct the date and time; your ticket is kept.
session-clock-wrong = This computer’s clock and the support desk’s differ too much. Correct the date and time; your ticket is kept.
session-desk-trouble = The support desk has trouble of its own. Your ticket is kept and goes out by itself.
session-no-device-key = This computer’s key could not be read. Unlock the keyring and try again; your ticket is kept.
session-prepare = A secure connection could not be prepared. Check the certificate file in the settings; your ticket is kept.
session-verifying = Everything has arrived. The support desk is still checking it.
session-disk = The ticket’s files on this computer could not be read or written. Check the free space of the disk; your ticket is kept.
session-no-desk = No support desk is set. Ask your IT department for its address; your ticket is kept.

session-refused-bad-request = The support desk could not read this ticket. The versions of the app and the desk may not fit; tell your IT department.
session-refused-sign-in = The support desk asked this computer to sign in again. This happens by itself; your ticket is kept.
session-refused-forbidden = The support desk does not take tickets from this computer. Tell your IT department.
session-refused-not-approved = The support desk has to approve this computer first. Your ticket is kept and goes out once that is done.
session-refused-not-found = The support desk does not know this ticket any more. Ask for help again.
session-refused-number-taken = Another ticket has this number already. Ask for help again; the new ticket gets a number of its own.
session-refused-conflict = The support desk has this ticket already, with other content. Ask for help again to send this one too.
session-refused-too-large = The bundle is larger than the support desk takes. Leave out some files and try again.
session-refused-checksum = What arrived was not what was sent. It is sent again by itself.
session-refused-damaged-bundle = The bundle arrived damaged twice. Ask for help again so that it is made anew.
session-refused-too-many = The support desk asks to wait a moment. Your ticket goes out by itself.
session-refused-desk-full = The support desk has no room left at the moment. Your ticket is kept and goes out by itself; if it is urgent, call.
session-refused-unknown = The support desk did not take this ticket, for a reason this version does not know. Your ticket is kept; tell your IT department.

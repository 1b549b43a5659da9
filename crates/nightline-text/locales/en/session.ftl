# What a person reads about sending a ticket to the desk.

session-delivered = The support desk has your ticket and everything in it.
session-busy = Another window or program is sending this ticket right now.
session-item-damaged = The files of this ticket on this computer are damaged. They stay where they are. Please ask for help again, so that nothing is missing.
session-bundle-damaged-here = The bundle of this ticket was damaged on this computer, so it was not sent. Please ask for help again, so that it is made anew.
session-file-damaged-here = This file was damaged on this computer while it was waiting, so it was not sent: { $name }. Please add it again.
session-file-too-large = The support desk takes no file of this size, or no more files for this ticket: { $name }. The file is still on this computer.
session-file-refused = The support desk did not accept this file: { $name }. The file is still on this computer. Tell your IT department.
session-close-refused = The support desk did not close this ticket. Write to it that you need no more help.

session-offline-name = The support desk could not be found by its name. Check your connection and the address of the desk. Your ticket is safe.
session-offline-connect = The support desk could not be reached. Your ticket is safe.
session-offline-exchange = The connection to the support desk broke off. Your ticket is safe.
session-untrusted-issuer = Something answered in place of the support desk, with a certificate that this computer does not trust. Nothing was sent and your ticket is safe. Tell your IT department.
session-untrusted-name = What answered has a certificate for another name. Nothing was sent and your ticket is safe. Check the address of the support desk.
session-untrusted-time = By this computer’s clock, the support desk’s certificate is not valid now. Your ticket is safe. Check the date and time of this computer.
session-not-a-desk = What answered at this address is not a support desk. Your ticket is safe. Check the address, and whether this network wants you to sign in first.
session-clock-skew = The clocks of this computer and the support desk differ too much. The desk says { $desk_time }. Your ticket is safe. Correct the date and time of this computer.
session-clock-wrong = The clocks of this computer and the support desk differ too much. Your ticket is safe. Correct the date and time of this computer.
session-desk-trouble = The support desk has a problem of its own. Your ticket is safe.
session-no-device-key = This computer’s key could not be read. Your ticket is safe. Unlock the keyring and try again.
session-prepare = A secure connection could not be prepared. Your ticket is safe. Check the certificate file in the settings.
session-verifying = Everything has arrived. The support desk is still checking it.
session-disk = The files of this ticket could not be read or written. Check that the disk is not full.
session-no-desk = No support desk is set up. Your ticket is safe. Ask your IT department for the address.

session-refused-bad-request = The support desk could not read this ticket. Nightline and the desk may have versions that do not fit. Tell your IT department.
session-refused-sign-in = The support desk asked this computer to identify itself again. This happens by itself; your ticket is safe.
session-refused-forbidden = The support desk does not take tickets from this computer. Tell your IT department.
session-refused-not-approved = The support desk has to approve this computer first. Your ticket is safe.
session-refused-not-found = The support desk no longer has this ticket. Please ask for help again.
session-refused-number-taken = Another ticket already has this number. Please ask for help again; the new ticket gets its own number.
session-refused-conflict = The support desk already has this ticket, with different content. To send this one too, please ask for help again.
session-refused-too-large = The bundle is larger than the support desk accepts. Leave out some files and try again.
session-refused-checksum = What arrived was not what was sent. Your ticket is safe; send it again.
session-refused-damaged-bundle = The bundle arrived damaged twice. Please ask for help again, so that it is made anew.
session-refused-too-many = The support desk is busy. Your ticket is safe.
session-refused-desk-full = The support desk has no room left at the moment. Your ticket is safe. If it is urgent, call.
session-refused-unknown = The support desk did not accept this ticket, for a reason that this version does not know. Your ticket is safe. Tell your IT department.

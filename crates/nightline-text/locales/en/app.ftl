# The customer’s window. Read by somebody who is tired and under pressure: short, calm, and what to do next.
app-opening = Opening…
app-lost = The part of Nightline that runs in the background does not answer. Close this window and open Nightline again. What you wrote is kept.
app-lost-unkept = The part of Nightline that runs in the background does not answer. Copy what you wrote last, then close this window and open Nightline again.
app-broken = This page could not be shown. What you wrote is kept.
app-dismiss = OK
app-cancel = Cancel
app-close = Close
app-back = Back
app-next = Continue
app-optional = optional
app-places = Other pages
app-home = Start page
app-tickets = My tickets
app-settings = Settings
app-about = About
app-unread = { $count } new
app-kept = What you write is kept, also when you close this window.
app-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
app-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
app-within = within { $length }
app-due = Somebody answers by { $time }.

# How things stand.
app-standing-not-known = Not looked yet
app-standing-well = All well
app-standing-degraded = Not quite right
app-standing-broken = Something does not work
app-home-not-looked = Nightline has not looked at your connection yet.
app-home-looking = Nightline is looking at your connection.
app-looked = Looked { $age }
app-looking = Looking again…
app-look-again = Look again
app-get-help = Get help
app-go-on = Go on where you stopped
app-begun = You began to ask for help:
app-begun-empty = You began to ask for help and have not sent it yet.
app-discard = Discard
app-discard-title = Discard what you began?
app-discard-text = Your answers and pictures for it are deleted from this computer. Nothing of it was sent.
app-answered = The support desk has answered: “{ $what }”
app-call = Or call somebody
app-lately = Noticed lately

# A human.
app-beside = Help beside this page
app-human = Reach a human now
app-numbers-none = Your organization has not set a telephone number.
app-numbers-all-shut = Nobody answers the telephone right now.
app-numbers-all = All numbers and hours
app-number-open = Open now
app-number-shut = Closed now
app-send-now = Send at once what there is
app-send-now-hint = Leaves out the remaining questions.

# The questions, one to a page.
app-question = Question { $at } of { $count }
app-skip = Skip this question
app-ask-what = What is wrong?
app-ask-what-hint = In your own words. One sentence is enough.
app-what-needed = Write a few words first. They are the one thing that nobody can find out without you.
app-expected-add = Add what should have happened
app-expected = What should have happened?
app-ask-target = What do you want to reach?
app-ask-target-hint = A name or an address, such as mail.example.com or printer-3. Nightline tests it right away.
app-target-suggestions = What this computer uses right now
app-target-program = used by { $program }
app-target-organization = named by your organization
app-ask-error = What does the error message say?
app-ask-error-hint = Copy the exact text and paste it here. You can paste a picture too.
app-picture-choose = Choose a picture
app-pictures-added = { $count ->
    [one] 1 picture added. You can black out parts of it later.
   *[other] { $count } pictures added. You can black out parts of them later.
}
app-file-too-large = This file is too large. At most 20 MB can be added here.
app-file-unreadable = This file could not be read. Check that you may open it.
app-text-too-long = This is too long to keep whole: what comes after the first { $most } characters is cut off. A whole log can follow the ticket as a file.
app-ask-when = When did it happen?
app-ask-when-hint = So that we look at the right minutes.
app-when-now = Just now, and it is still like this
app-when-other = At another time
app-when-day = Day
app-when-time = Time
app-when-today = Today
app-when-yesterday = Yesterday
app-when-time-hint = Hours and minutes, such as 01:50.
app-ask-machine = Which device is it about?
app-ask-machine-hint = Nightline can only look into this computer. What is on another one, you can add.
app-machine-this = This computer
app-machine-other = Another one: a server, a printer, somebody else’s computer
app-machine-label-hint = Fill in what you can find. Most of it is on a label on the device.
app-machine-model = What it is
app-machine-asset-tag = Asset tag
app-machine-serial = Serial number
app-machine-location = Where it stands
app-machine-contract = Support contract
app-ask-pattern = Is it always like this?
app-ask-pattern-hint = Things that come and go are looked for in another way.
app-choice-pattern-constant = Always
app-choice-pattern-intermittent = It comes and goes
app-steps = How can it be made to happen again?
app-ask-scope = Who else has this problem?
app-ask-scope-hint = As far as you know.
app-choice-scope-me = Only me
app-choice-scope-some = Some others too
app-choice-scope-all = Everybody I know of
app-ask-impact = What does it stop?
app-ask-impact-hint = This decides how fast somebody answers.
app-choice-impact-stopped = I cannot work at all
app-choice-impact-severe = Something important does not work
app-choice-impact-limited = I can work, but with trouble
app-choice-impact-question = Nothing, I have a question
app-contact = How can we reach you?
app-contact-hint = A telephone number or an address, in case this computer is offline.

# The checks.
app-checks = Nightline is looking
app-checks-done = Nightline has looked
app-checks-progress = { $done } of { $count } checks done
app-checks-troubled = { $count ->
    [one] 1 not right
   *[other] { $count } not right
}
app-checks-so-far = So far:
app-check-running = still looking

# What was found.
app-found = What we found
app-found-incomplete = Some checks did not end in time. What they found is missing here.
app-found-looking = Still looking.
app-found-looking-hint = You need not wait. What is found later is added by itself.
app-found-nothing = Nightline could not look at this computer.
app-found-nothing-hint = Go on all the same. Somebody will look with you.
app-found-target = What you want to reach
app-found-path = Show the way through the network
app-found-probes = { $count ->
    [one] 1 attempt in detail
   *[other] { $count } attempts in detail
}
app-found-on = I still need help
app-found-solved = This solved it

# Pictures.
app-pictures = Do you want to show something?
app-pictures-hint = You see each picture first and can black out what is private. Nothing leaves before you send it.
app-pictures-without = Continue without a picture
app-picture-screen = Picture of the screen
app-picture-window = Picture of one window
app-picture-hides = This window hides itself for a moment. You can also paste a picture here.
app-picture = Picture { $number }
app-picture-coming = The picture is on its way.
app-picture-draw = Draw over what should be black
app-picture-alt = Picture { $number }, { $width } by { $height } pixels
app-picture-kept = Will be sent
app-picture-not-kept = Not kept yet
app-picture-keep = Keep this picture
app-picture-remove = Remove
app-area = Area { $number }: { $width } by { $height } pixels, { $x } from the left, { $y } from the top
app-area-add = Black out an area
app-area-keys = Draw over what should be black. By keyboard: arrow keys move the area, Shift and arrow keys change its size, Delete removes it.
app-areas-apply = { $count ->
    [one] Make 1 area black for good
   *[other] Make { $count } areas black for good
}
app-areas-black = { $count ->
    [one] 1 area blacked out
   *[other] { $count } areas blacked out
}

# All that will leave.
app-preview = This is what will be sent
app-preview-hint = Read what you like. Whatever you untick stays here.
app-preview-waiting = Putting it together. This takes a few seconds.
app-preview-sealing = It is being sealed. Nothing of it changes any more.
app-preview-to = Goes to
app-preview-no-desk = No support desk is set up
app-preview-urgency = Urgency
app-preview-answer = Answer
app-preview-items = { $count } of { $all } items, { $size }
app-kind-redacted = private parts replaced
app-kind-redacted-means = Collected by Nightline. Names, addresses and passwords are replaced.
app-kind-disclosed = as you gave it
app-kind-disclosed-means = What you wrote or chose, unchanged.
app-read = Read
app-read-label = As it is sent
app-read-cut = This is only the beginning. The rest is of the same kind.
app-item-required = Always goes along: without it there is no ticket.
app-item-out = Stays here.
app-send = Send now

# On its way, or there.
app-sent-preparing = Your ticket is being made
app-sent-preparing-hint = Its number appears here in a moment.
app-sent-sending = Your ticket is on its way
app-sent-queued = Your ticket is safe and waits
app-sent-stopped = Your ticket is kept here
app-sent-delivered = The support desk has your ticket
app-sent-refused = The support desk did not take your ticket
app-number = Your ticket number
app-number-hint = Say this number when you call.
app-sent-urgent = If it cannot wait
app-close-window = Close this window
app-to-ticket = Show my ticket
app-delivery = Delivery
app-delivery-sending = It is being sent.
app-delivery-queued = It is sent by itself as soon as the support desk can be reached.
app-delivery-stopped = You stopped sending. It waits until you send it again.
app-delivery-delivered = Everything has arrived.
app-delivery-refused = It was not accepted. Everything is still on this computer.
app-delivery-bytes = { $sent } of { $total }
app-delivery-begins = Looking for the support desk.
app-delivery-may-close = You can close this window. Sending goes on.
app-delivery-next-try = Next try at { $time }.
app-delivery-meanwhile = Until then: call one of the numbers, or save the ticket to a file and hand it on in another way.
app-saved-to = Saved as
app-stop = Stop sending
app-send-again = Send again
app-save = Save to a file
app-give-up = Give up this ticket
app-give-up-title = Give up this ticket?
app-give-up-text = It is deleted from this computer. The support desk does not have it.

# My tickets.
app-tickets-none = You have no tickets. When you ask for help, you find it here.
app-state-queued = Waits on this computer
app-state-sending = On its way
app-state-refused = Not accepted
app-state-new = At the support desk
app-state-open = Somebody works on it
app-state-waiting = Waits for your answer
app-state-closed = Closed
app-state-damaged = Cannot be read any more
app-owner = with { $name }
app-ticket-as-of = You see it as it was { $age }.
app-log = What it was
app-letters = Messages
app-letters-none = No messages yet. When somebody answers, you are told.
app-letters-none-closed = There were no messages.
app-letter-own = You
app-letter-desk = Support desk
app-letter-waits = waits to be sent
app-reply = Your answer
app-reply-keys = Enter makes a new line, Ctrl+Enter sends.
app-reply-send = Send
app-reply-sending = Sending…
app-attach = Add a file or a picture
app-files = Files you added
app-file-sent = sent { $time }
app-file-part = { $sent } of { $total } sent
app-file-waits = waits to be sent
app-ticket-close = Close this ticket
app-ticket-close-title = Close this ticket?
app-ticket-close-text = You no longer need help with it. The support desk is told.

# Settings and about.
app-settings-problems = Not everything in the settings could be used
app-managed = Set by your organization.
app-language = Language
app-language-system = As the system
app-desk = Address of the support desk
app-desk-hint = Your IT department knows it.
app-desk-save = Save
app-autostart = Start with this computer
app-autostart-hint = Nightline then already knows what happened when you need help.
app-autostart-none = This system does not offer it.
app-notifications = Tell me when the support desk answers
app-notifications-hint = One short notification for each answer.
app-collected = What is collected when you ask for help
app-collected-hint = Nothing leaves before you have seen it. Without your request, nothing is sent.
app-key = This computer’s key
app-version = Version { $version }
app-organization = Set up by { $name }
app-cost = What it costs this computer
app-cost-hint = Measured just now.
app-cost-memory = Memory
app-cost-processor = Processor, on average
app-cost-disk = Disk
app-cost-unknown = not known
app-credits = Whose work is inside
app-credits-hint = Nightline is built on free software. Each package keeps its own license.
app-credits-data = The names of networks come from lists by routeviews.org, nro.net and DB-IP.com, merged by ip-location-db and packed into a smaller table here. Their license is CC BY 4.0: creativecommons.org/licenses/by/4.0
app-credits-count = { $count ->
    [one] 1 package
   *[other] { $count } packages
}

# What `nightline config show` and the settings page say.

config-title-desk = Support desk
config-title-organisation = Organization
config-title-contacts = Telephone contacts
config-title-important-targets = Important targets
config-title-stun-servers = STUN servers
config-title-checks-not-allowed = Checks that may not run
config-title-severity = Severity table
config-title-language = Language
config-title-notifications = Announce answers of the support desk
config-title-device-key = Where this computer’s key is kept

config-origin-managed = Managed by your organization
config-origin-flag = Given for this run
config-origin-person = From your settings file
config-origin-system = From your system
config-origin-default = Built in

config-place-file = { $file }
config-place-line = { $file }, line { $line }, column { $column }
config-place-flag = option { $flag }

config-problem-not-json = This file is not valid JSON, so nothing in it counts. Correct it at the place named.
config-problem-not-text = This file is not UTF-8 text, so nothing in it counts. Save it as UTF-8.
config-problem-unreadable = This file could not be read, so nothing in it counts. Check who may read it.
config-problem-not-a-file = This is not an ordinary file, so it was not read.
config-problem-too-large = This file is larger than any settings file, so nothing in it counts.
config-problem-too-many-files = Only the first { $limit } policy files were read. Join the others into fewer files.
config-problem-not-owned-by-root = This policy is ignored because it does not belong to root. Change its owner to root.
config-problem-writable-by-others = This policy is ignored because others than root may change it. Take the write permission away from group and others.
config-problem-schema = This file names another format. Write “{ $schema }”, or leave the key out.
config-problem-unknown-key = There is no setting “{ $key }”. Check the spelling; the other settings still count.
config-problem-twice = “{ $key }” appears twice. The last one counts.
config-problem-wrong-value = The value of “{ $key }” is not one that is allowed, so it does not count.
config-problem-wrong-item = An entry of “{ $key }” is not one that is allowed, so it was left out. The others count.
config-problem-too-many-items = “{ $key }” has too many entries. Only the first ones count.
config-problem-desk-shape = This is not the address of a support desk. It looks like https://desk.example.com, with nothing after it.
config-problem-desk-not-encrypted = The address of a support desk on another machine must begin with https://, so that nobody can read along.
config-problem-desk-withheld = The organization’s policy about the support desk could not be read. No desk is used until it is corrected.

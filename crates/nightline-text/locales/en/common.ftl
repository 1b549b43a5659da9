# Words that every part shares.
age-now = just now
age-seconds = { $count ->
    [one] 1 second ago
   *[other] { $count } seconds ago
}
age-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
age-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
age-days = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}

culprit-line = Where: { $culprit }
culprit-none = nothing found
culprit-device = this computer
culprit-no-network = no connection
culprit-wifi = the Wi-Fi
culprit-cable = the network cable
culprit-router = your router
culprit-provider = your internet provider
culprit-far-network = a network beyond your provider
culprit-dns = name lookup (DNS)
culprit-service = the service itself
culprit-interception = something in between
culprit-unknown = not clear yet

outcome-healthy = fine
outcome-degraded = not quite right
outcome-broken = not working
outcome-skipped = not checked
outcome-unknown = could not tell

severity-P0 = Nothing works
severity-P1 = An important part does not work
severity-P2 = It works, with trouble
severity-P3 = Only a question

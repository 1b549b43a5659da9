# What the desk’s program prints for its operator.
desk-setup-link = Create the first agent here (this link works once): { $link }
desk-listen-needs-tls = Not listening on { $address }: traffic would cross the network unencrypted. Give --tls-cert and --tls-key, or name the TLS proxy in front with --behind-proxy.
desk-needs-public-url = Give --public-url, the https address that devices and browsers use. Devices sign requests for that address, so the desk has to know it.
desk-public-url-needs-https = The address in --public-url has to begin with https://.
desk-failed = The desk could not start or had to stop: { $detail }
desk-password-missing = Type the new agent’s password on standard input, on one line.
desk-agent-added = { $name } ({ $email }) can sign in now.
desk-agent-refused = The agent was not added: { $detail }
desk-in-use = The desk cannot start on this data folder. Another desk may be running on it.

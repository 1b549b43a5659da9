# The kinds of private values that are replaced before anything leaves.
redact-class-user = user names
redact-class-home = names in home folders
redact-class-host = computer names
redact-class-domain = domains
redact-class-ipv4 = IPv4 addresses
redact-class-ipv6 = IPv6 addresses
redact-class-mac = hardware addresses
redact-class-email = e-mail addresses
redact-class-secret = passwords and keys
redact-class-serial = serial numbers
redact-class-ssid = Wi-Fi names

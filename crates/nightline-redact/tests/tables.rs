//! What is replaced and what stays, as tables: as many lines that must stay as lines that must not.

use nightline_redact::{Class, Known, RedactionKey, Redactor};

fn redactor() -> Redactor {
    let known = Known {
        users: vec!["alice".to_owned(), "bob".to_owned(), "李小龙".to_owned(), "root".to_owned()],
        homes: vec!["/srv/people/a17".to_owned(), "/home/alice".to_owned()],
        hosts: vec!["laptop-7".to_owned(), "localhost".to_owned()],
        domains: vec!["corp.example.com".to_owned()],
        serials: vec!["PF3ABCD9".to_owned(), "Default string".to_owned()],
        emails: vec!["alice@example.org".to_owned()],
        macs: vec!["AA:BB:CC:00:11:22".to_owned()],
        ssids: vec!["Maple Street 9".to_owned()],
        secrets: vec!["device-token-1".to_owned()],
        readable: vec!["files.corp.example.com".to_owned(), "198.51.100.20".to_owned()],
        ..Known::default()
    };
    Redactor::new(&RedactionKey::new([3; 32]), known)
}

/// `private` does not survive, and the line's other words do.
#[track_caller]
fn gone(line: &str, private: &str, class: Class) {
    let redacted = redactor().redact(line);
    assert!(!redacted.as_str().contains(private), "{line} -> {}", redacted.as_str());
    assert!(redacted.hits().contains_key(&class), "{line} -> {} {:?}", redacted.as_str(), redacted.hits());
    let again = redactor().redact(redacted.as_str());
    assert_eq!(again.as_str(), redacted.as_str(), "a second time changes something: {line}");
}

#[track_caller]
fn stays(line: &str) {
    assert_eq!(redactor().redact(line).as_str(), line);
}

#[test]
fn known_names_are_replaced_at_word_boundaries() {
    gone("session opened for alice by (uid=0)", "alice", Class::User);
    gone("ALICE logged in", "ALICE", Class::User);
    gone("alice_backup.zip", "alice", Class::User);
    gone("用户alice登录", "alice", Class::User);
    gone("用户李小龙登录了", "李小龙", Class::User);
    gone("CORP\\bob", "bob", Class::User);
    gone("Nov 22 02:03:04 laptop-7 sshd[1]: x", "laptop-7", Class::Host);
    gone("LAPTOP-7.corp.example.com is down", "laptop-7", Class::Host);
    gone("resolving db3.eu.corp.example.com failed", "db3", Class::Host);
    gone("search corp.example.com", "corp.example.com", Class::Domain);
    gone("serial pf3abcd9", "pf3abcd9", Class::Serial);
    gone("joined \"Maple Street 9\"", "Maple", Class::Ssid);
    gone("bearer of device-token-1 here", "device-token-1", Class::Secret);
    gone("aabbcc001122 joined", "aabbcc001122", Class::Mac);
    gone("cd /srv/people/a17/x", "a17", Class::Home);
}

#[test]
fn words_that_only_contain_a_name_stay() {
    stays("malice and bobsled");
    stays("laptop-77 laptop-70");
    stays("root cause of /root/x as root");
    stays("localhost answered");
    stays("Default string");
    stays("notcorp.example.community");
    stays("files.corp.example.com answered in 3 ms");
}

#[test]
fn home_paths_lose_the_name_in_every_form() {
    gone("/home/carol/.ssh/config", "carol", Class::Home);
    gone("open '/home/carol': no such file", "carol", Class::Home);
    gone("/Users/carol/Library/Logs", "carol", Class::Home);
    gone("file:///Users/carol/x", "carol", Class::Home);
    gone("C:\\Users\\carol\\AppData", "carol", Class::Home);
    gone("C:\\Users\\Carol Smith\\AppData", "Smith", Class::Home);
    gone("{\"path\":\"C:\\\\Users\\\\carol\\\\x\"}", "carol", Class::Home);
    gone("c:/users/carol/x", "carol", Class::Home);
    gone("\\\\server\\c$\\Users\\carol\\x", "carol", Class::Home);
    gone("C:\\Documents and Settings\\carol\\x", "carol", Class::Home);
    gone("/mnt/c/Users/carol/x", "carol", Class::Home);
    gone("/var/home/carol/x", "carol", Class::Home);
    gone("in /home/carol.", "carol", Class::Home);
    gone("HOME=/home/李雷 x", "李雷", Class::Home);
    gone("%5CUsers%5Ccarol%5Cx", "carol", Class::Home);
}

#[test]
fn folders_that_are_nobodys_home_stay() {
    stays("C:\\Users\\Public\\Documents");
    stays("/Users/Shared/x");
    stays("GET /users/17/orders");
    stays("https://example.net/home/index.html");
    stays("/home/$USER/x");
    stays("/home/ is full");
    stays("C:\\Users\\Default\\x");
}

#[test]
fn accounts_are_named_by_the_words_before_them() {
    gone("Failed password for invalid user carol from x", "carol", Class::User);
    gone("Accepted publickey for carol from x", "carol", Class::User);
    gone("pam_unix(sshd:auth): ruser= rhost= user=carol", "carol", Class::User);
    gone("username=\"carol\"", "carol", Class::User);
    stays("Failed password for root from somewhere");
    stays("for user experience".replace("experience", "the").as_str());
    stays("user=root");
    stays("user=1000");
}

#[test]
fn ipv4_addresses_are_replaced() {
    for line in [
        "from 203.0.113.7 port 22",
        "203.0.113.7:443",
        "(203.0.113.7)",
        "gw=203.0.113.7,",
        "http://203.0.113.7/x",
        "地址203.0.113.7无法",
        "203.0.113.7/24",
        "203.0.113.7.",
        "[203.0.113.7]",
        "203.0.113.7-203.0.113.9",
        "7.113.0.203.in-addr.arpa 203.0.113.7",
        "capture_203.0.113.7_443.pcap".replace("_443", " ").as_str(),
    ] {
        gone(line, "203.0.113.7", Class::Ipv4);
    }
    gone("inet 192.168.1.23/24 brd 192.168.1.255", "192.168.1.23", Class::Ipv4);
    gone("installed route via 10.0.0.1-5", "10.0.0.1-", Class::Ipv4);
}

#[test]
fn numbers_with_dots_that_are_no_addresses_stay() {
    for line in [
        "Windows 10.0.19045.3693",
        "Version: 1.2.3.4",
        "libfoo 1.2.3.4-5 amd64",
        "v1.2.3.4",
        "oid 1.3.6.1.4.1.311",
        "upgrade libssl3:amd64 1.2.3.4",
        "foo-1.2.3.4.rpm",
        "libfoo_1.2.3.4_amd64.deb",
        "1.2.3.4+dfsg",
        "1.2.3.4~rc1",
        "120.0.6099.109",
        "python3.11.2.1",
        "256.1.1.1",
        "01.02.03.04",
        "netmask 255.255.255.0",
        "127.0.0.1:631",
        "nameserver 8.8.8.8",
        "nameserver 1.1.1.1",
        "0.0.0.0:22",
        "224.0.0.251",
        "driver 31.0.15.2",
        "firmware 1.2.3.4",
        "198.51.100.20 is the target",
        "127.0.0.53",
        "version=10.0.0.1",
        "1.2.3",
        "10.2",
    ] {
        stays(line);
    }
}

#[test]
fn ipv6_addresses_are_replaced() {
    gone("inet6 2001:db8::7/64", "2001:db8::7", Class::Ipv6);
    gone("[2001:db8::7]:443", "2001:db8::7", Class::Ipv6);
    gone("fe80::211:22ff:fe33:4455%eth0", "211:22ff", Class::Ipv6);
    gone("src:2001:db8::7 x", "2001:db8::7", Class::Ipv6);
    gone("2001:0db8:0000:0000:0000:ff00:0042:8329", "8329", Class::Ipv6);
    gone("to 2001:DB8::A:1.", "2001:DB8::A:1", Class::Ipv6);
    gone("2001:db8::7.443 > x", "2001:db8::7", Class::Ipv6);
    gone("2001:db8::7: unreachable", "2001:db8::7", Class::Ipv6);
    gone("::ffff:203.0.113.7", "203.0.113.7", Class::Ipv6);
    gone("fd12:3456:789a::1", "3456", Class::Ipv6);
}

#[test]
fn times_and_paths_with_colons_stay() {
    for line in [
        "2026-11-22T12:34:56.789Z",
        "12:34:56",
        "03:04:05:06",
        "Nov 22 03:04:05",
        "std::string::npos",
        "dead::beef",
        "::1",
        "::",
        "ff02::fb",
        "fe80::/10",
        "a::b::c",
        "12:34:56,789",
        "[2026/11/22 12:34:56:789]",
        "use cafe::add;",
        "2026:11:22:03:04:05",
        "Foo::Bar",
        "10:20:30:40",
        "f00::bar",
        "nameserver 2606:4700:4700::1111",
    ] {
        stays(line);
    }
}

#[test]
fn hardware_addresses_are_replaced() {
    gone("ether 00:1a:2B:3c:4d:5e", "1a:2B", Class::Mac);
    gone("00-1A-2B-3C-4D-5E", "1A-2B", Class::Mac);
    gone("001a.2b3c.4d5e", "2b3c", Class::Mac);
    gone("wlan0:00:1a:2b:3c:4d:5e", "1a:2b", Class::Mac);
    gone("MAC=00:1a:2b:3c:4d:5e:00:1a:2b:3c:4d:5f:08:00 SRC=x", "3c:4d", Class::Mac);
    gone("client-id 01:00:1a:2b:3c:4d:5e", "3c:4d", Class::Mac);
    gone("00:1a:2b:ff:fe:3c:4d:5e", "3c:4d", Class::Mac);
}

#[test]
fn numbers_with_pairs_that_are_no_hardware_addresses_stay() {
    stays("ff:ff:ff:ff:ff:ff");
    stays("00:00:00:00:00:00");
    stays("log-26-11-22-03-04-05.txt");
    stays("MD5 16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48");
    stays("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    stays("boot 3f2504e0-4f89-11d3-9a0c-0305e82c3301");
    stays("1234.5678.9012");
    stays("12:34:56:78:90");
}

#[test]
fn mail_addresses_are_replaced() {
    gone("from carol.x+y@mail.example.net to", "carol", Class::Email);
    gone("<carol@example.net>", "carol", Class::Email);
    gone("mailto:carol@example.net,", "carol", Class::Email);
    gone("ssh carol@203.0.113.7", "carol", Class::User);
    gone("ALICE@EXAMPLE.ORG", "ALICE", Class::Email);
    stays("user@1000.service started");
    stays("getty@tty1.service");
    stays("npm lodash@4.17.21");
    stays("@svelte/kit@5.1.2");
    stays("a @ b");
    stays("git@");
}

#[test]
fn secrets_are_replaced() {
    let token = "Zk3pQ9vLx2Rt8WmB4nYc7HdJ";
    for line in [
        format!("Authorization: Bearer {token}"),
        format!("authorization: Basic {token}=="),
        format!("curl -H 'X-Api-Key: {token}'"),
        format!("token={token}"),
        format!("https://x.example/?access_token={token}&b=1"),
        format!("\"api_key\": \"{token}\""),
        format!("{{\\\"password\\\":\\\"{token}\\\"}}"),
        format!("password={token}"),
        format!("DB_PASSWORD: {token}"),
        format!("--password {token}"),
        format!("<password>{token}</password>"),
        format!("Cookie: sid={token}; a=b"),
        format!("Set-Cookie: sid={token}; Path=/"),
        format!("https://carol:{token}@x.example/r.git"),
        format!("https://{token}@x.example/r.git"),
        format!("ghp_{token}{token}"),
        format!("glpat-{token}"),
        format!("xoxb-12345-{token}"),
        format!("sk_live_{token}"),
        format!("AIza{token}{token}"),
        format!("eyJhbGciOiJIUzI1NiJ9.{token}.{token}"),
        format!("secretAccessKey = \"{token}\""),
        format!("Server=x;Password={token};Timeout=3"),
        format!("密码：{token}"),
        format!("pwd: {token}"),
        format!("psk=\"{token}\""),
        format!("password is set; passphrase: {token}"),
        format!("$6$saltsalt${token}{token}{token}"),
        format!("key={token}"),
    ] {
        gone(&line, token, Class::Secret);
    }
    gone("aws AKIAIOSFODNN7EXAMPLE", "IOSFODNN7", Class::Secret);
    gone("password=hunter2", "hunter2", Class::Secret);
    gone("Password: swordfish", "swordfish", Class::Secret);
    gone("Passwort: Geheim7", "Geheim7", Class::Secret);
    gone("kennwort=hunter2", "hunter2", Class::Secret);
    gone("密码：hunter2", "hunter2", Class::Secret);
    gone(
        "GET /x?X-Amz-Signature=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08&a=1",
        "9f86d081",
        Class::Secret,
    );
    gone("https://x.example/b?sv=1&sig=aB3dE6gH9jK2mN5pQ8sT1vW4yZ7%3D", "aB3dE6", Class::Secret);
    gone("Server=x;Password=abc1;Timeout=3", "abc1", Class::Secret);
}

#[test]
fn words_about_secrets_stay() {
    for line in [
        "Failed password for root",
        "password: incorrect",
        "token expired at noon",
        "invalid token: expired",
        "basic authentication",
        "Bearer Authentication is used",
        "password=$PASSWORD",
        "password=********",
        "password: <none>",
        "PWD=/usr/share",
        "secretary: Ann",
        "tokenizer: fast",
        "the key: value pair",
        "key=value",
        "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "commit 1fe666f0c0ffee",
        "password: please enter it",
        "auth=true",
        "cookie: none",
        "keyboard=us",
        "no password set",
        "status installed libsecret-1-0:amd64 0.20.5-3",
        "password = getpass()",
        "token=Token{a64f992}",
        "support for user commands",
        "Passwords: 0",
    ] {
        stays(line);
    }
}

#[test]
fn private_keys_are_replaced_on_many_lines_on_one_and_cut_off() {
    let body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    let whole =
        format!("a\n-----BEGIN RSA PRIVATE KEY-----\n{body}\n{body}\n-----END RSA PRIVATE KEY-----\nb");
    gone(&whole, body, Class::Secret);
    assert!(redactor().redact(&whole).as_str().starts_with("a\n<secret-"));
    assert!(redactor().redact(&whole).as_str().ends_with(">\nb"));
    gone(
        &format!("\"-----BEGIN PRIVATE KEY-----\\n{body}\\n-----END PRIVATE KEY-----\""),
        body,
        Class::Secret,
    );
    gone(&format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{body}\n{body}"), body, Class::Secret);
    stays("-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\n-----END CERTIFICATE-----");
    let redactor = redactor();
    let mut pass = redactor.pass();
    pass.redact(&format!("x -----BEGIN PRIVATE KEY-----\n{body}\n"));
    assert!(!pass.redact(&format!("{body}\n-----END PRIVATE KEY-----\nafter")).as_str().contains(body));
    assert_eq!(pass.redact("SGVsbG8gdGhlcmUgYWZ0ZXI").as_str(), "SGVsbG8gdGhlcmUgYWZ0ZXI");
}

#[test]
fn the_same_value_is_the_same_pseudonym_in_every_form() {
    let it = redactor();
    let same = |a: &str, b: &str| assert_eq!(it.redact(a).as_str(), it.redact(b).as_str(), "{a} {b}");
    same("00:1A:2b:3c:4d:5e", "00-1a-2B-3C-4D-5E");
    same("2001:db8::1:7", "2001:0DB8:0:0:0:0:1:7");
    same("Alice", "alice");
    same("carol@Example.NET", "Carol@example.net");
    let home = it.redact("/home/alice/x").into_string();
    assert_eq!(home, format!("/home/{}/x", it.redact("alice").as_str()));
    let full = it.redact("laptop-7.corp.example.com").into_string();
    assert_eq!(
        full,
        format!("{}.{}", it.redact("laptop-7").as_str(), it.redact("corp.example.com").as_str())
    );
}

#[test]
fn another_key_gives_other_pseudonyms() {
    let other = Redactor::new(
        &RedactionKey::new([4; 32]),
        Known { users: vec!["alice".to_owned()], ..Known::default() },
    );
    assert_ne!(other.redact("alice 203.0.113.7").as_str(), redactor().redact("alice 203.0.113.7").as_str());
}

#[test]
fn what_only_looks_like_a_pseudonym_is_no_hiding_place() {
    gone("<user-alice>", "alice", Class::User);
    gone("<host-203.0.113.7>", "203.0.113.7", Class::Ipv4);
    gone("<ipv4-alice>", "alice", Class::User);
}

#[test]
fn debug_prints_no_key_and_no_private_value() {
    let key = RedactionKey::new([250; 32]);
    let known = Known { users: vec!["alice".to_owned()], ..Known::default() };
    let text = format!("{key:?} {known:?} {:?}", Redactor::new(&key, known.clone()));
    assert!(!text.contains("250") && !text.contains("alice"), "{text}");
}

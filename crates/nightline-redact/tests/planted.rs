//! Values of every class planted into lines as real logs have them: none survives, and a second pass changes nothing.

use nightline_redact::{Known, RedactionKey, Redactor};

/// A small generator, so that a failure can be run again (Marsaglia's xorshift).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        usize::try_from(self.next() % limit).unwrap_or_default()
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn letters(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(alphabet[self.below(alphabet.len())])).collect()
    }
}

const MIXED: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

/// Lines in the manner of sshd, the kernel, a web server, Hadoop, Windows, Android and a package manager. `{}` is where
/// the value goes.
const LINES: [&str; 14] = [
    "Dec 10 06:55:46 srv sshd[24200]: Connection closed by {} [preauth]",
    "[Sun Dec 04 04:47:44 2005] [error] [client {}] Directory index forbidden by rule: /var/www/html/",
    "081109 203615 148 INFO dfs.DataNode: Receiving block blk_38865049064139660 src: {} dest: other",
    "2016-09-28 04:30:31, Info                  CBS    Session: 30546174 opened by {}.",
    "03-17 16:13:38.936  1702 14638 D PowerManagerService: release:lock=189667585, tag=\"{}\", ws=null",
    "{\"time\":\"2026-11-22T02:03:04.567Z\",\"level\":\"warn\",\"msg\":\"{}\",\"pid\":71}",
    "jk2_init() Found child 6725 in scoreboard slot 10 ({})",
    "nova.compute.manager [req-3ea4052c-895d-4b64-9e2d-04d64c4d94ab] value={}; retry=3",
    "Jun 14 15:16:01 combo app(pam_unix)[19939]: check {}, then pass; logname= uid=0 euid=0 tty=NODEVssh",
    "<184>1 2026-11-22T02:03:04Z - - - '{}' seen",
    "无法连接{}，请稍后重试",
    "{}",
    "  at com.example.Main.run(Main.java:71) {}\r",
    "upgrade libssl3:amd64 3.0.11-1~deb12u2 3.0.17-1~deb12u3 by {}",
];

fn planted(random: &mut Seeded, known: &Known) -> (String, String) {
    match random.below(12) {
        0 => {
            let address = format!(
                "{}.{}.{}.{}",
                11 + random.below(88),
                random.below(256),
                random.below(256),
                1 + random.below(254)
            );
            (address.clone(), address)
        }
        1 => {
            let address = format!("10.{}.{}.{}", random.below(256), random.below(256), 1 + random.below(254));
            (format!("{address}:{}", 1 + random.below(65_535)), address)
        }
        2 => {
            let tail = format!(
                "{:x}:{:x}:{:x}",
                1 + random.below(0xffff),
                0x100 + random.below(0xfe00),
                0x100 + random.below(0xfe00)
            );
            (format!("2001:db8::{tail}"), tail)
        }
        3 => {
            let mac: Vec<String> = (0..6).map(|_| format!("{:02x}", 17 + random.below(200))).collect();
            let separator = random.pick(&[":", "-"]);
            (format!("aa{separator}{}", mac[1..].join(separator)), mac[2..].join(separator))
        }
        4 => {
            let name = random.letters(LOWER, 9);
            (format!("{name}@mail{}.example.net", random.below(9)), name)
        }
        5 => {
            let name = random.letters(LOWER, 8);
            let folder = random.pick(&["/home/", "/Users/", "C:\\Users\\", "/var/home/"]);
            let rest = if folder.contains('\\') { "\\AppData" } else { "/x" };
            (format!("{folder}{name}{rest}"), name)
        }
        6 => {
            let token = random.letters(MIXED, 24) + "7Q";
            let before = random.pick(&[
                "password=",
                "api_key: ",
                "token=",
                "Authorization: Bearer ",
                "--password ",
                "client_secret=",
                "Cookie: a=",
            ]);
            (format!("{before}{token}"), token)
        }
        7 => {
            let token = random.letters(MIXED, 36) + "7Q";
            let before = random.pick(&["ghp_", "glpat-", "xoxb-", "sk_live_", "AIza", "npm_", "hf_"]);
            (format!("{before}{token}"), token)
        }
        8 => {
            let secret = random.letters(MIXED, 14) + "9";
            (format!("https://svc:{secret}@files.example.net/x"), secret)
        }
        9 => (known.users[0].to_uppercase(), known.users[0].to_uppercase()),
        10 => (format!("{}.corp.example.com", random.letters(LOWER, 7)), "corp.example".to_owned()),
        _ => (known.hosts[0].clone(), known.hosts[0].clone()),
    }
}

#[test]
fn no_planted_value_survives_and_a_second_pass_changes_nothing() {
    let known = Known {
        users: vec!["margarete".to_owned()],
        hosts: vec!["wk-0815".to_owned()],
        domains: vec!["corp.example.com".to_owned()],
        ..Known::default()
    };
    let redactor = Redactor::new(&RedactionKey::new([5; 32]), known.clone());
    let mut pass = redactor.pass();
    for seed in 1..=3_000_u64 {
        let mut random = Seeded(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let (text, private) = planted(&mut random, &known);
        let line = random.pick(&LINES).replace("{}", &text);
        let once = pass.redact(&line).into_string();
        assert!(!once.contains(&private), "seed {seed}: {line} -> {once}");
        assert_eq!(redactor.redact(&once).as_str(), once, "seed {seed}: {line}");
        let twice = format!("{line}\n{line}");
        assert_eq!(pass.redact(&twice).as_str(), format!("{once}\n{once}"), "seed {seed}");
    }
}

#[test]
fn lines_without_private_values_stay_as_they_are() {
    let redactor = Redactor::new(&RedactionKey::new([5; 32]), Known::default());
    for line in LINES {
        let line = line.replace("{}", "something");
        assert_eq!(redactor.redact(&line).as_str(), line);
    }
}

#[test]
fn no_input_ends_the_program() {
    let redactor = Redactor::new(
        &RedactionKey::new([5; 32]),
        Known { users: vec!["ada".to_owned()], ..Known::default() },
    );
    let pieces = [
        "password=",
        "\"",
        "'",
        "\\",
        "://",
        "@",
        ":",
        "::",
        ".",
        "-----BEGIN PRIVATE KEY-----",
        "-----END ",
        "/home/",
        "C:\\Users\\",
        "1.2.3.4",
        "<user-",
        "<ipv4-",
        ">",
        "ada",
        "密码：",
        "é",
        "\u{202e}",
        "\n",
        "\r\n",
        "\0",
        " ",
        "Bearer ",
        "Cookie:",
        "a",
        "9",
        "%5Cusers%5C",
        "fe80::1",
        "user=",
        "eyJ",
        "{",
        "}",
        "=",
        "=>",
        "--token ",
        "00:11:22:33:44:55",
        "🙂",
        "\t",
    ];
    for seed in 1..=3_000_u64 {
        let mut random = Seeded(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let line: String = (0..random.below(24)).map(|_| random.pick(&pieces)).collect();
        redactor.redact(&line);
    }
    for long in ["password=", ";", "@", "/home/", "://a:", "1.", ":", "Cookie: a=b", "a@b.", "-", "<user-"] {
        redactor.redact(&long.repeat(100_000 / long.len()));
    }
}

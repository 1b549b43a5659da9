//! That the lab's user really has no rights: no identity of root, no capability, no echo.

use crate::case::Case;
use crate::network::Lab;
use crate::nobody::{ID, Nobody};

#[test]
fn the_labs_user_has_no_rights_and_may_send_no_echo() {
    let case = Case::all().into_iter().find(|case| case.name == "healthy").unwrap();
    let lab = Lab::new(&case);
    let nobody = Nobody::new();
    let said = |script: &str| {
        let output = nobody.command(&lab, "sh").args(["-c", script]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    assert_eq!(said("id -u"), ID);
    let capabilities = said("grep -E 'Cap(Eff|Prm|Bnd)' /proc/self/status");
    assert!(capabilities.lines().all(|it| it.ends_with("0000000000000000")), "{capabilities}");
    // First greater than last: nobody may.
    let range = said("cat /proc/sys/net/ipv4/ping_group_range");
    let (first, last) = range.split_once(char::is_whitespace).unwrap();
    assert!(first.trim().parse::<u64>().unwrap() > last.trim().parse::<u64>().unwrap(), "{range}");
}

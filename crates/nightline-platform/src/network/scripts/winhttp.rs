//! WinHTTP, which runs scripts for Windows' own programs, and the person's proxy settings as it reads them. Sends no
//! sign-in to whoever has the script.

#![expect(unsafe_code, reason = "Windows runs scripts only by these calls, and no safe crate wraps them")]

use std::ffi::c_void;
use std::ptr::null;
use std::time::Duration;

use windows_sys::Win32::Foundation::{GetLastError, GlobalFree};
use windows_sys::Win32::Networking::WinHttp::{
    ERROR_WINHTTP_AUTODETECTION_FAILED, ERROR_WINHTTP_TIMEOUT, WINHTTP_ACCESS_TYPE_NAMED_PROXY,
    WINHTTP_ACCESS_TYPE_NO_PROXY, WINHTTP_AUTO_DETECT_TYPE_DHCP, WINHTTP_AUTO_DETECT_TYPE_DNS_A,
    WINHTTP_AUTOPROXY_AUTO_DETECT, WINHTTP_AUTOPROXY_CONFIG_URL, WINHTTP_AUTOPROXY_OPTIONS,
    WINHTTP_CURRENT_USER_IE_PROXY_CONFIG, WINHTTP_PROXY_INFO, WinHttpCloseHandle,
    WinHttpGetIEProxyConfigForCurrentUser, WinHttpGetProxyForUrl, WinHttpOpen, WinHttpSetTimeouts,
};

use super::super::windows_proxies::{Configured, choices};
use super::{DETECT, ProxyChoice, ScriptError, aside};

/// Longer than any setting that a person could read.
const MOST_UNITS: usize = 16 * 1024;

/// A session that is closed when dropped.
struct Session(*mut c_void);

impl Drop for Session {
    fn drop(&mut self) {
        // SAFETY: the handle is ours, open, and used by nobody afterwards.
        unsafe { WinHttpCloseHandle(self.0) };
    }
}

/// Text that WinHTTP gave away; freed when dropped.
struct Given(*mut u16);

impl Given {
    fn text(&self) -> Option<String> {
        if self.0.is_null() {
            return None;
        }
        // SAFETY: WinHTTP ends its texts by a zero, and no unit behind that is read.
        let units = (0..MOST_UNITS).map(|at| unsafe { *self.0.add(at) }).take_while(|unit| *unit != 0);
        Some(char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        if !self.0.is_null() {
            // SAFETY: WinHTTP allocated it for us to free, and it is freed once.
            unsafe { GlobalFree(self.0.cast()) };
        }
    }
}

/// What the person's settings say.
pub(in super::super) fn configured() -> Option<Configured> {
    let mut config = WINHTTP_CURRENT_USER_IE_PROXY_CONFIG::default();
    // SAFETY: the structure is ours and lives over the call.
    let is_read = unsafe { WinHttpGetIEProxyConfigForCurrentUser(&mut config) } != 0;
    let [script, proxies, exceptions] =
        [config.lpszAutoConfigUrl, config.lpszProxy, config.lpszProxyBypass].map(|it| Given(it).text());
    is_read.then_some(Configured { detects: config.fAutoDetect != 0, script, proxies, exceptions })
}

pub(super) async fn run(script: &str, url: &str, limit: Duration) -> Result<Vec<ProxyChoice>, ScriptError> {
    let (script, url) = (script.to_owned(), url.to_owned());
    aside(move || ask(&script, &url, limit)).await?
}

fn ask(script: &str, url: &str, limit: Duration) -> Result<Vec<ProxyChoice>, ScriptError> {
    let agent = wide("nightline");
    // SAFETY: the name ends by a zero and lives over the call; no proxy is named.
    let session = unsafe { WinHttpOpen(agent.as_ptr(), WINHTTP_ACCESS_TYPE_NO_PROXY, null(), null(), 0) };
    if session.is_null() {
        return Err(ScriptError::NoRunner);
    }
    let session = Session(session);
    let patience = i32::try_from(limit.as_millis()).unwrap_or(i32::MAX);
    // SAFETY: the session is open; without these limits it waits longer than anybody looks, and nothing worse.
    unsafe { WinHttpSetTimeouts(session.0, patience, patience, patience, patience) };
    let (address, url) = (wide(script), wide(url));
    let mut options = WINHTTP_AUTOPROXY_OPTIONS::default();
    if script == DETECT {
        options.dwFlags = WINHTTP_AUTOPROXY_AUTO_DETECT;
        options.dwAutoDetectFlags = WINHTTP_AUTO_DETECT_TYPE_DHCP | WINHTTP_AUTO_DETECT_TYPE_DNS_A;
    } else {
        options.dwFlags = WINHTTP_AUTOPROXY_CONFIG_URL;
        options.lpszAutoConfigUrl = address.as_ptr();
    }
    let mut info = WINHTTP_PROXY_INFO::default();
    // SAFETY: both texts end by a zero; they, the options and the answer live over the call, which ends when it is
    // done.
    let is_answered = unsafe { WinHttpGetProxyForUrl(session.0, url.as_ptr(), &mut options, &mut info) } != 0;
    // SAFETY: takes nothing.
    let error = unsafe { GetLastError() };
    let (proxies, _exceptions) = (Given(info.lpszProxy), Given(info.lpszProxyBypass));
    match (is_answered, error) {
        (true, _) if info.dwAccessType == WINHTTP_ACCESS_TYPE_NAMED_PROXY => {
            Ok(choices(&proxies.text().unwrap_or_default()))
        }
        // This network names no script: programs go on without.
        (true, _) | (false, ERROR_WINHTTP_AUTODETECTION_FAILED) => Ok(vec![ProxyChoice::Direct]),
        (false, ERROR_WINHTTP_TIMEOUT) => Err(ScriptError::Slow),
        (false, _) => Err(ScriptError::Fails),
    }
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

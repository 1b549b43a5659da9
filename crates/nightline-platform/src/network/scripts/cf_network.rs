//! CFNetwork, which runs scripts for macOS' own programs, and the person's proxy settings as it reads them. Reads no
//! sign-in.

#![expect(
    unsafe_code,
    reason = "macOS runs scripts only by these calls, and their wrapper marks all of them so"
)]

use std::cell::RefCell;
use std::ffi::c_void;
use std::ptr::NonNull;
use std::time::Duration;

use objc2_cf_network::{
    CFNetworkCopyProxiesForURL, CFNetworkCopySystemProxySettings, CFNetworkExecuteProxyAutoConfigurationURL,
    kCFNetworkProxiesExceptionsList, kCFNetworkProxiesHTTPEnable, kCFNetworkProxiesHTTPPort,
    kCFNetworkProxiesHTTPProxy, kCFNetworkProxiesHTTPSEnable, kCFNetworkProxiesHTTPSPort,
    kCFNetworkProxiesHTTPSProxy, kCFNetworkProxiesProxyAutoConfigEnable,
    kCFNetworkProxiesProxyAutoConfigURLString, kCFNetworkProxiesProxyAutoDiscoveryEnable,
    kCFProxyHostNameKey, kCFProxyPortNumberKey, kCFProxyTypeHTTP, kCFProxyTypeHTTPS, kCFProxyTypeKey,
    kCFProxyTypeNone, kCFProxyTypeSOCKS,
};
use objc2_core_foundation::{
    CFArray, CFDictionary, CFError, CFNumber, CFRetained, CFRunLoop, CFStreamClientContext, CFString, CFType,
    CFURL,
};

use super::super::proxies::{ProxySetting, ProxySource, script_without_credentials};
use super::{DETECT, ProxyChoice, ScriptError, aside};

/// A mode of our own, so that nothing else of the thread's loop runs.
const MODE: &str = "nightline-proxy-script";

type Dictionary = CFDictionary<CFString, CFType>;

/// What the script said, once it has.
type Told = RefCell<Option<Result<Vec<ProxyChoice>, ScriptError>>>;

/// Who is told; the list is absent after an error.
type Answered<List> = unsafe extern "C-unwind" fn(NonNull<c_void>, List, *mut CFError);

/// What the person's settings say.
pub(in super::super) fn configured() -> Vec<ProxySetting> {
    // SAFETY: the call takes nothing, and gives a dictionary or nothing.
    let Some(settings) = (unsafe { CFNetworkCopySystemProxySettings() }) else { return Vec::new() };
    // SAFETY: the documentation says that the keys are strings, and the values are looked at before they are used.
    let settings: CFRetained<Dictionary> = unsafe { CFRetained::cast_unchecked(settings) };
    let setting = |scheme: &str, value: String| ProxySetting {
        source: ProxySource::Macos,
        scheme: scheme.to_owned(),
        value,
    };
    let mut found = Vec::new();
    // SAFETY: the system's constants, which are there before the program begins and never change.
    unsafe {
        if is_on(&settings, kCFNetworkProxiesProxyAutoConfigEnable) {
            let script = text(&settings, kCFNetworkProxiesProxyAutoConfigURLString);
            found.extend(script.map(|it| setting("pac", script_without_credentials(&it))));
        }
        if is_on(&settings, kCFNetworkProxiesProxyAutoDiscoveryEnable) {
            found.push(setting("pac", DETECT.to_owned()));
        }
        if is_on(&settings, kCFNetworkProxiesHTTPSEnable) {
            let place = place(&settings, kCFNetworkProxiesHTTPSProxy, kCFNetworkProxiesHTTPSPort);
            found.extend(place.map(|it| setting("https", it)));
        }
        if is_on(&settings, kCFNetworkProxiesHTTPEnable) {
            let place = place(&settings, kCFNetworkProxiesHTTPProxy, kCFNetworkProxiesHTTPPort);
            found.extend(place.map(|it| setting("http", it)));
        }
        let exceptions = settings.get(kCFNetworkProxiesExceptionsList);
        let exceptions = exceptions.and_then(|it| it.downcast::<CFArray>().ok()).map(|it| texts(&it));
        found.extend(exceptions.filter(|it| !it.is_empty()).map(|it| setting("no", it.join(","))));
    }
    found
}

pub(super) async fn run(script: &str, url: &str, limit: Duration) -> Result<Vec<ProxyChoice>, ScriptError> {
    // Programs are told the script that the network names only where it is in force, as an address.
    if script == DETECT {
        return Err(ScriptError::NoRunner);
    }
    let (script, url) = (script.to_owned(), url.to_owned());
    aside(move || ask(&script, &url, limit)).await?
}

fn ask(script: &str, url: &str, limit: Duration) -> Result<Vec<ProxyChoice>, ScriptError> {
    let address = |text: &str| CFURL::from_string(None, &CFString::from_str(text), None);
    let (Some(script), Some(url), Some(own_loop)) = (address(script), address(url), CFRunLoop::current())
    else {
        return Err(ScriptError::Fails);
    };
    let told: Told = RefCell::new(None);
    let mut context = CFStreamClientContext {
        version: 0,
        info: (&raw const told).cast_mut().cast(),
        retain: None,
        release: None,
        copyDescription: None,
    };
    let mode = CFString::from_str(MODE);
    // SAFETY: the addresses and the settings live over the calls, and the context is copied in its one. `told`, which
    // it points to, outlives the source: nothing calls back once that was invalidated, and it is before this returns.
    // The wrapper's type of the function only leaves out that the list may be missing, which is so after an error.
    // The first call sets up what the second one needs, as Chromium found out (rdar 5530166).
    let source = unsafe {
        let answered = std::mem::transmute::<Answered<*const CFArray>, Answered<NonNull<CFArray>>>(answered);
        CFNetworkCopyProxiesForURL(&url, CFDictionary::<CFString, CFString>::empty().as_opaque());
        CFNetworkExecuteProxyAutoConfigurationURL(&script, &url, Some(answered), NonNull::from(&mut context))
    };
    own_loop.add_source(Some(&source), Some(&mode));
    CFRunLoop::run_in_mode(Some(&mode), limit.as_secs_f64(), false);
    source.invalidate();
    told.take().unwrap_or(Err(ScriptError::Slow))
}

/// Called on the thread that runs the loop, at most once.
unsafe extern "C-unwind" fn answered(info: NonNull<c_void>, proxies: *const CFArray, error: *mut CFError) {
    // SAFETY: it is what `ask` put into the context, and `ask` is still waiting below on this thread.
    let told: &Told = unsafe { info.cast().as_ref() };
    // SAFETY: where there is a list, it is one of dictionaries, alive over this call.
    let proxies = unsafe { proxies.cast::<CFArray<Dictionary>>().as_ref() };
    let answer = match proxies.filter(|_| error.is_null()) {
        Some(proxies) => Ok(proxies.iter().filter_map(|it| choice(&it)).collect()),
        None => Err(ScriptError::Fails),
    };
    told.replace(Some(answer));
    if let Some(own_loop) = CFRunLoop::current() {
        own_loop.stop();
    }
}

fn choice(proxy: &Dictionary) -> Option<ProxyChoice> {
    // SAFETY: the system's constants, which are there before the program begins and never change.
    let (kind, place, [none, http, https, socks]) = unsafe {
        (
            text(proxy, kCFProxyTypeKey)?,
            place(proxy, kCFProxyHostNameKey, kCFProxyPortNumberKey),
            [kCFProxyTypeNone, kCFProxyTypeHTTP, kCFProxyTypeHTTPS, kCFProxyTypeSOCKS]
                .map(CFString::to_string),
        )
    };
    match kind {
        kind if kind == none => Some(ProxyChoice::Direct),
        // The kind says what is fetched through it, not how it is spoken to.
        kind if kind == http || kind == https => place.map(ProxyChoice::Http),
        kind if kind == socks => place.map(ProxyChoice::Socks),
        _ => None,
    }
}

fn place(settings: &Dictionary, host: &CFString, port: &CFString) -> Option<String> {
    let host = text(settings, host).filter(|it| !it.is_empty())?;
    let port = settings.get(port).and_then(|it| it.downcast::<CFNumber>().ok()?.as_i64());
    Some(if host.contains(':') { format!("[{host}]:{}", port?) } else { format!("{host}:{}", port?) })
}

fn is_on(settings: &Dictionary, key: &CFString) -> bool {
    settings.get(key).and_then(|it| it.downcast::<CFNumber>().ok()?.as_i64()) == Some(1)
}

fn text(settings: &Dictionary, key: &CFString) -> Option<String> {
    Some(settings.get(key)?.downcast::<CFString>().ok()?.to_string())
}

fn texts(list: &CFArray) -> Vec<String> {
    // SAFETY: whatever is in the system's array is an object, and is looked at before it is used.
    let list: &CFArray<CFType> = unsafe { NonNull::from(list).cast().as_ref() };
    list.iter().filter_map(|it| Some(it.downcast::<CFString>().ok()?.to_string())).collect()
}

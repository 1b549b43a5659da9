//! Windows' own word on wireless interfaces. Asks only for the signal and the quality of the connection: everything
//! else there, the name of the network first of all, counts as asking for the person's location and shows its icon.

#![expect(
    unsafe_code,
    reason = "Windows tells the signal only by these calls, and no safe crate has both questions"
)]

use std::ffi::{CStr, c_void};
use std::ptr::{null, null_mut};

use windows_sys::Win32::Foundation::{ERROR_SUCCESS, FreeLibrary, HANDLE, HMODULE};
use windows_sys::Win32::NetworkManagement::WiFi::{
    WLAN_INTERFACE_INFO, WLAN_INTERFACE_INFO_LIST, WLAN_INTF_OPCODE, wlan_interface_state_connected,
    wlan_intf_opcode_rssi,
};
use windows_sys::Win32::System::LibraryLoader::{
    GetProcAddress, LOAD_LIBRARY_SEARCH_SYSTEM32, LoadLibraryExW,
};
use windows_sys::core::GUID;

use super::WifiSignal;

/// `wlan_intf_opcode_realtime_connection_quality` of wlanapi.h, from Windows 11 24H2 on. An older one refuses it
/// (errors 50 and 87), and then only the signal is known.
const QUALITY: WLAN_INTF_OPCODE = 19;
/// The interface of Windows Vista and later.
const VERSION: u32 = 2;
/// More than any machine has.
const MOST_INTERFACES: u32 = 16;

type Open = unsafe extern "system" fn(u32, *const c_void, *mut u32, *mut HANDLE) -> u32;
type Close = unsafe extern "system" fn(HANDLE, *const c_void) -> u32;
type List = unsafe extern "system" fn(HANDLE, *const c_void, *mut *mut WLAN_INTERFACE_INFO_LIST) -> u32;
type Query = unsafe extern "system" fn(
    HANDLE,
    *const GUID,
    WLAN_INTF_OPCODE,
    *const c_void,
    *mut u32,
    *mut *mut c_void,
    *mut i32,
) -> u32;
type Free = unsafe extern "system" fn(*const c_void);

/// The library, which servers do not have; let go when dropped.
struct Library(HMODULE);

impl Drop for Library {
    fn drop(&mut self) {
        // SAFETY: the handle is ours, and no function of the library is called afterwards.
        unsafe { FreeLibrary(self.0) };
    }
}

impl Library {
    fn load() -> Option<Self> {
        let name: Vec<u16> = "wlanapi.dll".encode_utf16().chain([0]).collect();
        // SAFETY: the name ends by a zero and lives over the call; only the system's folder is looked into.
        let library = unsafe { LoadLibraryExW(name.as_ptr(), null_mut(), LOAD_LIBRARY_SEARCH_SYSTEM32) };
        (!library.is_null()).then_some(Self(library))
    }

    /// # Safety
    /// `Function` must be the type that wlanapi.h gives for the name.
    unsafe fn function<Function: Copy>(&self, name: &CStr) -> Option<Function> {
        // SAFETY: the library is loaded, and the name ends by a zero.
        let found = unsafe { GetProcAddress(self.0, name.as_ptr().cast()) }?;
        // SAFETY: both are pointers to functions, and the caller vouches for the type.
        Some(unsafe { std::mem::transmute_copy(&found) })
    }
}

/// A conversation with the service for wireless networks; ended when dropped.
struct Service {
    handle: HANDLE,
    close: Close,
    list: List,
    query: Query,
    free: Free,
    _library: Library,
}

impl Drop for Service {
    fn drop(&mut self) {
        // SAFETY: the handle is ours, open, and used by nobody afterwards; the library is let go after this.
        unsafe { (self.close)(self.handle, null()) };
    }
}

/// Memory that the service gave; freed when dropped.
struct Given<'a, T>(*mut T, &'a Service);

impl<T> Drop for Given<'_, T> {
    fn drop(&mut self) {
        // SAFETY: the service gave it for us to free, and it is freed once.
        unsafe { (self.1.free)(self.0.cast()) };
    }
}

impl Service {
    fn open() -> Option<Self> {
        let library = Library::load()?;
        // SAFETY: the types are those of wlanapi.h.
        let (open, close, list, query, free) = unsafe {
            (
                library.function::<Open>(c"WlanOpenHandle")?,
                library.function::<Close>(c"WlanCloseHandle")?,
                library.function::<List>(c"WlanEnumInterfaces")?,
                library.function::<Query>(c"WlanQueryInterface")?,
                library.function::<Free>(c"WlanFreeMemory")?,
            )
        };
        let (mut version, mut handle): (u32, HANDLE) = (0, null_mut());
        // SAFETY: both places live over the call.
        let error = unsafe { open(VERSION, null(), &mut version, &mut handle) };
        let opened = error == ERROR_SUCCESS && !handle.is_null();
        opened.then_some(Self { handle, close, list, query, free, _library: library })
    }

    fn connected(&self) -> Vec<WLAN_INTERFACE_INFO> {
        let mut list = null_mut();
        // SAFETY: the conversation is open, and the place lives over the call.
        if unsafe { (self.list)(self.handle, null(), &mut list) } != ERROR_SUCCESS || list.is_null() {
            return Vec::new();
        }
        let list = Given(list, self);
        // SAFETY: it begins by the number of its entries, and so many follow it.
        let entries = unsafe {
            let count = (*list.0).dwNumberOfItems.min(MOST_INTERFACES) as usize;
            std::slice::from_raw_parts(
                (&raw const (*list.0).InterfaceInfo).cast::<WLAN_INTERFACE_INFO>(),
                count,
            )
        };
        entries.iter().filter(|it| it.isState == wlan_interface_state_connected).copied().collect()
    }

    /// The answer to one question, as so many numbers of 32 bits from its beginning.
    fn ask<const COUNT: usize>(&self, interface: &GUID, question: WLAN_INTF_OPCODE) -> Option<[u32; COUNT]> {
        let (mut size, mut data) = (0, null_mut());
        // SAFETY: the conversation is open, and everything that is pointed to lives over the call.
        let error = unsafe {
            (self.query)(self.handle, interface, question, null(), &mut size, &mut data, null_mut())
        };
        if error != ERROR_SUCCESS || data.is_null() {
            return None;
        }
        let data = Given(data.cast::<[u32; COUNT]>(), self);
        let is_whole = size as usize >= size_of::<[u32; COUNT]>();
        // SAFETY: the answer is at least as long, and is read however it lies.
        is_whole.then(|| unsafe { data.0.read_unaligned() })
    }
}

/// The signals of the interfaces that are connected; none where the library, the service or the interface is missing.
pub(super) fn signals() -> Vec<WifiSignal> {
    let Some(service) = Service::open() else { return Vec::new() };
    let signal = |it: &WLAN_INTERFACE_INFO| {
        let [signal] = service.ask::<1>(&it.InterfaceGuid, wlan_intf_opcode_rssi)?;
        // The radio's kind, the quality, and the rates at which it hears and speaks in kilobits a second.
        let quality = service.ask::<4>(&it.InterfaceGuid, QUALITY);
        let units = it.strInterfaceDescription.iter().copied().take_while(|unit| *unit != 0);
        Some(WifiSignal {
            interface: char::decode_utf16(units).filter_map(Result::ok).collect(),
            source: "wlanapi",
            signal_dbm: signal.cast_signed(),
            noise_dbm: None,
            quality: quality.map(|[_, quality, ..]| quality),
            rate_mbps: quality.map(|[.., rate]| f64::from(rate) / 1_000.0).filter(|it| *it > 0.0),
        })
    };
    service.connected().iter().filter_map(signal).collect()
}

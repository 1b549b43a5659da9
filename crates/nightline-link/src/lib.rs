//! How Nightline's own programs talk to each other on one machine: frames over pipes, and the control socket.
//!
//! Carries values and checks who is at the other end. Never crosses the machine's border, never decides anything,
//! reads no environment.

mod control;
mod frame;

pub use control::{
    BindError, CONTROL_LIMIT, CallError, ConnectError, ControlListener, ControlPlace, ControlReply,
    ControlRequest, ControlStream, MAX_CONTROL_FRAME, PlaceError, WatchStatus, ask, connect,
};
pub use frame::{
    FrameError, FrameReader, MAX_FRAME, read_frame, read_frame_blocking, write_frame, write_frame_blocking,
};

//! A started program as a process group of its own, killed as a whole when dropped. Chooses no program by itself.

use std::io;

use tokio::process::Child;

/// A child that leads a process group.
pub(crate) struct Group {
    pub(crate) child: Child,
    #[cfg(unix)]
    leader: Option<rustix::process::Pid>,
}

impl Group {
    pub(crate) fn start(command: std::process::Command) -> io::Result<Self> {
        let mut command = tokio::process::Command::from(command);
        command.kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        #[cfg(windows)]
        command.creation_flags(windows_sys::Win32::System::Threading::CREATE_NO_WINDOW);
        let child = command.spawn()?;
        Ok(Self {
            #[cfg(unix)]
            leader: child.id().and_then(|id| rustix::process::Pid::from_raw(id.try_into().ok()?)),
            child,
        })
    }

    /// Kills what is left of the group and reaps the leader.
    pub(crate) async fn end(mut self) {
        self.kill();
        // Does not block: the leader has ended or was killed just now.
        self.child.wait().await.ok();
    }

    /// Kills all of the group, once.
    pub(crate) fn kill(&mut self) {
        #[cfg(unix)]
        if let Some(leader) = self.leader.take() {
            // The group's number stays taken as long as one member lives; with none left this finds nobody.
            rustix::process::kill_process_group(leader, rustix::process::Signal::KILL).ok();
        }
        self.child.start_kill().ok();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

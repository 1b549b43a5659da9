# The window's frame, and what its program says where it cannot open one.

window-title = Nightline
window-by-hand = This program is started by Nightline itself. To open the window, run: nightline-watch --show
window-usage = "{ $word }" is not known here. To open the window, run: nightline-watch --show
window-no-screen =
    There is no screen to open a window on.
    The command "nightline" does the same without one; "nightline --help" shows how.
window-failed = The window could not be opened: { $reason }

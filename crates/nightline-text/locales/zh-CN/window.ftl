# 窗口的标题，以及打不开窗口时程序说的话。

window-title = Nightline
window-by-hand = 这个程序由 Nightline 自己启动。要打开窗口，请运行：nightline-watch --show
window-usage = 无法识别“{ $word }”。要打开窗口，请运行：nightline-watch --show
window-no-screen =
    这里没有可以显示窗口的屏幕。
    不用窗口，命令 nightline 也能做同样的事；用法见 nightline --help。
window-failed = 窗口打不开：{ $reason }

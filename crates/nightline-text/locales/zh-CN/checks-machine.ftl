# 对电脑本身的检查：名称、一句话结果，以及什么时候发生了什么。

check-machine-identity = 电脑的身份信息
check-os-build = 操作系统与版本
check-uptime-boots = 运行时间与重启
check-cpu-pressure = 处理器
check-memory-pressure = 内存
check-disk-pressure = 磁盘
check-recent-updates = 最近的更新
check-installed-software = 已安装的软件
check-system-log = 系统日志中的错误

# 为什么没有检查，或无法判断。
skip-not-on-this-system = Nightline 暂时无法在这个系统上检查此项。
check-skipped-not-allowed = 单位的策略不允许这项检查。
check-skipped-cancelled = 诊断已停止，这项检查没有进行。
check-unknown-limit = { $seconds } 秒内没有得到结果。
check-unknown-deadline = 诊断在 { $seconds } 秒后结束，这项检查尚未完成。
check-unknown-panicked = 这项检查自身出错。这是 Nightline 的问题，与这台电脑无关。
check-unknown-silent = 这项检查没有给出结果。这是 Nightline 的问题，与这台电脑无关。
check-unknown-slow-read = 系统迟迟没有回应。
check-unknown-nothing-readable = 系统没有提供这项信息。
check-unknown-not-allowed = 只有管理员才能读取：{ $sources }。
check-unknown-no-package-log = 没有找到更新记录。
check-unknown-no-package-database = 没有找到已安装软件的列表。
check-unknown-no-system-log = 没有找到系统日志。

# 电脑的某项信息为什么没有。
withheld-needs-administrator = 只有管理员才能读取
withheld-not-set-by-maker = 制造商没有填写
withheld-not-a-cloud-machine = 这不是云主机
withheld-not-told = 系统没有提供

# 哪里不对。
reason-kernel-modules-gone = 更新替换了正在运行的系统（{ $kernel }）的一部分。请重启这台电脑，新设备和新连接才能正常使用。
reason-crashed = 最近 7 天内，这台电脑意外关机 { $count } 次。
reason-cpu-busy = 处理器繁忙，程序需要排队等待。占用最多的是 { $program }。
reason-memory-stalled = 内存不足，这台电脑几乎卡住了。占用最多的是 { $program }。
reason-memory-waiting = 内存紧张，程序需要等待。占用最多的是 { $program }。
reason-memory-short = 内存只剩 { $pct }%。占用最多的是 { $program }。
reason-disk-full = { $path } 所在的磁盘已满，只剩 { $mib } MB。
reason-disk-nearly-full = { $path } 所在的磁盘快满了，只剩 { $pct }%。
reason-disk-no-more-files = { $path } 所在的磁盘还有空间，但已不能再存放新文件。
reason-disk-few-files-left = { $path } 所在的磁盘只能再存放少量新文件。
reason-disk-waiting = 磁盘繁忙，程序需要等待。
reason-log-disk = 系统日志中有磁盘错误。
reason-log-hardware = 系统日志中有硬件错误。
reason-log-memory = 内存用尽，系统结束了一个程序。
reason-log-crash = 系统日志显示，系统的一部分曾卡住或崩溃。

# 发生了什么。
event-boot = 电脑开机。
event-shutdown = 电脑关机。
event-crash = 电脑意外关机。
event-software-installed = 安装：{ $packages }{ $more ->
    [0] {""}
   *[other] ，另有 { $more } 个
}
event-software-upgraded = 更新：{ $packages }{ $more ->
    [0] {""}
   *[other] ，另有 { $more } 个
}
event-software-downgraded = 退回旧版本：{ $packages }{ $more ->
    [0] {""}
   *[other] ，另有 { $more } 个
}
event-software-removed = 卸载：{ $packages }{ $more ->
    [0] {""}
   *[other] ，另有 { $more } 个
}
event-log-error = { $origin }：{ $line }{ $count ->
    [1] {""}
   *[other] （{ $count } 次）
}

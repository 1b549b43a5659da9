# 主要流程，与界面无关。
check-device-key = 本设备密钥的保存位置
device-key-file = 按要求保存在私有文件中。
device-key-file-earlier = 保存在最初生成它的私有文件中。
device-key-no-keyring = 这个系统没有密钥环，因此保存在私有文件中，不受您的登录保护。
device-key-keyring-silent = 密钥环没有响应，因此保存在私有文件中，不受您的登录保护。
device-key-locked = 您的密钥环已锁定。请登录桌面解锁后再试。
device-key-unreachable = 本设备的密钥保存在密钥环中，从这里无法访问。请在桌面环境中重试。
device-key-no-answer = 密钥环没有响应。请看看是否有要求输入密码的窗口，然后重试。
device-key-damaged = 本设备的密钥已损坏。删除之前请先询问您的单位：删除后，这台设备会被视为新设备。
device-key-failed = 无法读取或保存本设备的密钥。请确认磁盘没有写满，然后重试。

attachment-unreadable = 无法读取这个文件：{ $path }
reply-empty = 您的回复是空的。
reply-too-long = 您的回复太长。请缩短，或作为文件随新工单发送。
outbox-full = 这台电脑上等待发送的工单已经太多。请先发送或放弃一些：运行 `nightline outbox list` 查看。

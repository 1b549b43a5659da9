# 主要流程，与界面无关。
check-device-key = 这台电脑的密钥保存在哪里
device-key-keyring = 保存在您的密钥环中，您登录后才能打开。
device-key-file = 按设置保存在私有文件中。
device-key-file-earlier = 保存在最初生成时的私有文件中。
device-key-no-keyring = 这个系统没有密钥环，因此保存在私有文件中，不受您的登录保护。
device-key-keyring-silent = 密钥环没有响应，因此保存在私有文件中，不受您的登录保护。
device-key-locked = 您的密钥环已锁定。请登录桌面解锁，然后重试。
device-key-unreachable = 这台电脑的密钥在密钥环中，从这里无法访问。请在桌面环境中重试。
device-key-no-answer = 您的密钥环没有响应。请看看有没有要求输入密码的窗口，然后重试。
device-key-damaged = 这台电脑的密钥已损坏。删除之前请先询问 IT 部门：删除后，支持中心会把这台电脑当作新设备。
device-key-failed = 无法读取或保存这台电脑的密钥。请确认磁盘没有写满，然后重试。

attachment-unreadable = 无法读取这个文件：{ $path }
reply-empty = 您的回复是空的，请先写些内容。
reply-too-long = 您的回复太长，一条消息放不下。请缩短，或作为文件添加到工单。
outbox-full = 这台电脑上等待发送的工单太多。请先发送或放弃一些：运行 `nightline outbox list` 可查看。

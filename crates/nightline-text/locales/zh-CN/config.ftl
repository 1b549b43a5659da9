# `nightline config show` 与设置页面的文字。

config-title-desk = 支持中心
config-title-organisation = 单位
config-title-contacts = 联系电话
config-title-important-targets = 重要目标
config-title-stun-servers = STUN 服务器
config-title-checks-not-allowed = 不允许运行的检查
config-title-severity = 紧急程度表
config-title-language = 语言
config-title-notifications = 有新回复时通知
config-title-device-key = 这台电脑的密钥保存在哪里

config-origin-managed = 由单位统一管理
config-origin-flag = 本次运行指定
config-origin-person = 来自您的设置文件
config-origin-system = 来自系统
config-origin-default = 内置

config-place-file = { $file }
config-place-line = { $file } 第 { $line } 行第 { $column } 列
config-place-flag = 选项 { $flag }

config-problem-not-json = 这个文件不是有效的 JSON，其中的内容均未生效。请在标出的位置改正。
config-problem-not-text = 这个文件不是 UTF-8 文本，其中的内容均未生效。请另存为 UTF-8。
config-problem-unreadable = 这个文件无法读取，其中的内容均未生效。请检查读取权限。
config-problem-not-a-file = 这不是普通文件，因此没有读取。
config-problem-too-large = 这个文件太大，不像设置文件，其中的内容均未生效。
config-problem-too-many-files = 只读取了前 { $limit } 个策略文件。请把其余的合并成更少的文件。
config-problem-not-owned-by-root = 这个策略不属于 root，已忽略。请把所有者改为 root。
config-problem-writable-by-others = root 以外的用户可以改写这个策略，已忽略。请去掉组和其他用户的写权限。
config-problem-schema = 这个文件写明的是另一种格式。请写“{ $schema }”，或者删去这一项。
config-problem-unknown-key = 没有“{ $key }”这项设置。请检查拼写；其他设置照常生效。
config-problem-twice = “{ $key }”出现了两次，以最后一次为准。
config-problem-wrong-value = “{ $key }”的值不符合要求，未生效。
config-problem-wrong-item = “{ $key }”中有一项不符合要求，已略过，其余照常生效。
config-problem-too-many-items = “{ $key }”的条目太多，只有前面的生效。
config-problem-desk-shape = 这不是支持中心的地址。正确的写法如 https://desk.example.com，后面不带其他内容。
config-problem-desk-not-encrypted = 其他机器上的支持中心，地址必须以 https:// 开头，以免内容被他人读取。
config-problem-desk-withheld = 单位关于支持中心的策略无法读取。在改正之前，不会使用任何支持中心。

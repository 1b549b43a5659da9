# 命令行。
cli-help = 为这台电脑和网络提供帮助：找出问题所在；自己解决不了时，为您找到支持人员。
cli-help-diagnose = 检查这台电脑和网络连接
cli-help-path = 追踪到某台主机的路径，显示每一跳的丢包和延迟
cli-help-get-help = 检查，列出将要发送的内容，然后提交工单
cli-help-ticket = 您的工单
cli-help-ticket-list = 列出这台电脑的工单
cli-help-ticket-show = 查看工单及其消息
cli-help-ticket-reply = 在工单中回复
cli-help-ticket-attach = 为工单添加文件或图片
cli-help-ticket-close = 说明不再需要帮助，关闭工单
cli-help-bundle = 诊断包文件
cli-help-bundle-create = 检查这台电脑并生成诊断包，但不发送
cli-help-bundle-inspect = 列出诊断包中的内容
cli-help-bundle-open = 显示诊断包中的一个文件
cli-help-bundle-verify = 检查诊断包是否完整、未被改动
cli-help-redact = 替换文本中的隐私信息：从标准输入读取，写到标准输出
cli-help-outbox = 尚未发出的内容
cli-help-outbox-list = 列出等待发送的内容
cli-help-outbox-send = 立即尝试发送
cli-help-outbox-drop = 放弃尚未发出的工单
cli-help-config = 设置
cli-help-config-show = 显示每项设置、由谁设定、有什么问题

cli-arg-lang = 语言：en 或 zh-CN
cli-arg-home = 把所有数据放在这个文件夹下
cli-arg-desk = 支持中心的地址
cli-arg-ca = 额外信任这个证书颁发机构（PEM 文件）
cli-arg-policy-dir = 从这个文件夹读取本机策略
cli-arg-json = 输出 JSON
cli-arg-target = 您想访问的地址：主机、主机加端口，或网址
cli-arg-only = 只运行这项检查
cli-arg-deadline = 到这个秒数就停止，并显示已有结果
cli-arg-host = 要追踪的主机
cli-arg-rounds = 探测轮数
cli-arg-interval-ms = 每轮间隔的毫秒数
cli-arg-intake = 您的回答（JSON 文件，nightline.intake/1）
cli-arg-yes = 不再询问，直接发送
cli-arg-without = 不发送这一项
cli-arg-number = 工单号，例如 NL-7Q2K-4M9X-C
cli-arg-text = 您想说的话
cli-arg-file = 文件
cli-arg-files = 文件，将原样发送
cli-arg-entry = 诊断包中的文件名
cli-arg-out = 诊断包写到哪里
cli-arg-report = 把替换情况写到这个文件（JSON）

cli-detail = 详细信息：{ $detail }
cli-usage = 无法识别这条命令。
cli-usage-hint = 运行 { $command } 可查看用法。
cli-wrong-argument = 没有 { $argument } 这个选项。
cli-wrong-command = 没有 { $command } 这个命令。
cli-wrong-value = { $argument } 的值 { $value } 不对。
cli-wrong-together = { $argument } 和 { $other } 不能同时使用。
cli-wrong-twice = { $argument } 重复了。
cli-missing-value = { $argument } 需要一个值。
cli-missing-argument = 缺少 { $argument }。
cli-missing-command = 缺少命令。
cli-help-usage = 用法：{ $usage }
cli-help-commands = 命令：
cli-help-arguments = 参数：
cli-help-options = 选项：
cli-help-flag = 显示帮助
cli-version-flag = 显示版本
cli-help-default = { $help }（默认 { $value }）
cli-help-env = { $help }（也可以用环境变量 { $name }）
cli-done-in = 检查用时 { $seconds } 秒。
cli-checking = 正在检查这台电脑和网络连接…
cli-verdict-age = 测量时间：{ $age }。
cli-findings = 检查结果
cli-advice = 您可以这样做：{ $advice }
cli-timeline = 最近发生的事
cli-timeline-earlier = 更早的 { $count } 条用 --json 查看。
cli-checks = 检查项目
cli-target = 访问 { $target }
cli-target-reached = 可以访问
cli-target-failed = 无法访问

cli-intake-unreadable = 无法读取您的回答文件：{ $path }
cli-intake-wrong = 您的回答文件有误：第 { $line } 行第 { $column } 列。没有发送任何内容。
cli-intake-required = 请告诉我们出了什么问题：在终端中运行本命令，或用 --intake FILE.json 提供您的回答。
cli-ask-what = 出了什么问题？请用您自己的话描述：
cli-ask-error = 完整的错误信息是什么？（没有就按回车跳过）：
cli-ask-target = 您想访问什么？主机、主机:端口或网址（按回车跳过）：
cli-ask-target-again = 这不像是地址。可以写成 files.example.com 或 https://intra.example.com（按回车跳过）：
cli-ask-impact =
    影响有多大？
      1  完全无法工作
      2  重要功能无法使用
      3  能用，但有问题
      4  只是咨询
    请输入编号（按回车跳过）：
cli-ask-scope =
    谁受到影响？
      1  只有我
      2  还有一些人
      3  所有人
    请输入编号（按回车跳过）：
cli-ask-number = 请输入 1 到 { $count }。
cli-ask-contact = 怎样联系您？（按回车跳过）：

cli-preview-title = 将发送到 { $desk } 的内容：
cli-preview-redacted = 已替换隐私信息
cli-preview-disclosed = 按您填写的原样发送
cli-preview-required = 必须发送
cli-preview-ask = 按回车发送。输入编号可去掉或恢复项目，例如 3 5。输入 v 6 可查看第 6 项。输入 q 取消。
cli-preview-no-text = 这是图片或无法在这里显示的文件，会按原样发送。
cli-preview-cut = 这里只显示开头部分。
cli-preview-unreadable = 无法读取这一项。
cli-preview-no-such-item = 没有第 { $item } 项。
cli-stopped = 没有发送任何内容。

cli-ticket-number = 您的工单号是 { $number }
cli-ticket-number-spoken = 打电话时请这样念：{ $spoken }
cli-ticket-delivered = 工单已送达。我们会在 { $due } 前答复您。
cli-ticket-queued = 工单已安全保存在这台电脑上。能连上支持中心后，请运行 `nightline outbox send` 发送。
cli-ticket-sending = 正在发送：{ $sent }，共 { $total }。
cli-ticket-refused = 支持中心没有接受这张工单。
cli-ticket-severity = 紧急程度：{ $severity }（{ $label }）
cli-ticket-call = 您现在就可以打电话：{ $label }，{ $number }
cli-ticket-none = 这台电脑上还没有工单。
cli-ticket-bad-number = 这不是工单号：{ $number }。工单号的样子如 NL-7Q2K-4M9X-C。
cli-ticket-unknown = 这台电脑上没有工单 { $number }。
cli-ticket-status-new = 等待处理
cli-ticket-status-open = 正在处理
cli-ticket-status-waiting = 等待您的回复
cli-ticket-status-closed = 已关闭
cli-ticket-owner = 处理人：{ $owner }
cli-ticket-you = 您
cli-ticket-reply-sent = 您的回复已发送。
cli-ticket-reply-queued = 您的回复已安全保存在这台电脑上。能连上支持中心后，请运行 `nightline outbox send` 发送。
cli-ticket-files-queued = 文件已安全保存在这台电脑上。能连上支持中心后，请运行 `nightline outbox send` 发送。
cli-ticket-close-queued = 已在这台电脑上记下您不再需要帮助。能连上支持中心后，请运行 `nightline outbox send` 发送。
cli-ticket-file-sent = 已发送：{ $name }，{ $size }
cli-ticket-file-waits = 等待发送：{ $name }，{ $size }
cli-ticket-file-later = 后续发送：{ $name }，{ $size }
cli-ticket-reply-waits = 您的回复等待发送：{ $text }
cli-ticket-close-waits = 不再需要帮助的说明等待发送。
cli-ticket-closed = 工单已关闭。如果还需要帮助，直接回复即可。
cli-ticket-status-closed-by-you = 已由您关闭
cli-ticket-damaged = 工单 { $number } 在这台电脑上的文件已损坏，位置是 { $path }。请重新提交工单，以免遗漏。
cli-ticket-log = 处理记录
cli-ticket-log-when = 时间：{ $text }
cli-ticket-log-cause = 原因：{ $text }
cli-ticket-log-measure = 已采取的措施：{ $text }
cli-ticket-log-fix = 彻底解决的办法：{ $text }

cli-no-desk = 尚未设置支持中心。请用 --desk https://… 指定地址，或向 IT 部门询问。
cli-desk-wrong = 这不是支持中心的地址：{ $desk }。正确的写法如 https://desk.example.com。
cli-outbox-empty = 没有等待发送的内容。
cli-outbox-dropped = { $number } 已放弃，并已从这台电脑上删除。
cli-outbox-cannot-drop = { $number } 已经送达，无法放弃。
cli-bundle-written = 诊断包已保存：{ $path }，{ $size }。
cli-bundle-verified = 诊断包完整，未被改动：{ $entries } 个文件，{ $size }。
cli-file-unreadable = 无法读取这个文件：{ $path }
cli-file-unwritable = 无法写入这个文件：{ $path }
cli-home-unusable = Nightline 无法使用文件夹 { $path }。请确认磁盘没有写满，并且这个文件夹属于您。
cli-redact-failed = 文本没有全部读完或写完，输出不完整。
cli-only-unknown = 没有名为 { $check } 的检查。运行 `nightline diagnose --json` 可看到全部名称。
cli-not-allowed = 单位的策略不允许这项操作。
cli-failed = 有一步没有成功，但没有丢失任何内容。请重试。
cli-queue-failed = 工单无法保存到这台电脑上，因此没有发送。请腾出一些磁盘空间后重试。
cli-check-name = { $name }
cli-first-answer = 初步判断：{ $answer }
cli-config-fingerprint = 这台电脑的指纹：{ $fingerprint }
cli-config-problems = 设置中的问题：
cli-path-progress = 第 { $round } 轮，共 { $rounds } 轮，{ $hops } 跳
cli-path-silent = 没有响应
cli-path-fault-loss = 从这里开始丢包
cli-path-fault-delay = 从这里开始变慢
cli-path-fault-end = 再往后没有任何响应
cli-path-unresolved = 找不到 { $host }。请检查拼写，或运行 `nightline diagnose` 查看域名解析是否正常。
cli-path-no-target = { $host } 不是某一台设备的地址，因此没有通往它的路径。请换一个域名或地址。
cli-path-failed = 无法从这台电脑追踪到 { $host } 的路径。
cli-intake-too-large = 这个文件太大，不像是您的回答：{ $path }
cli-bundle-by-hand = 手动生成，不属于任何工单。
cli-ticket-state = { $state }
cli-ticket-state-queued = 等待发送
cli-ticket-state-sending = 正在发送
cli-ticket-state-delivered = 已送达
cli-ticket-state-answer-waits = 有回复等待发送
cli-ticket-state-file-waits = 有文件等待发送
cli-ticket-state-close-waits = 关闭请求等待发送
cli-ticket-state-damaged = 无法读取
cli-check-line = { $name }：{ $outcome }
cli-preview-note = （{ $size }，{ $kind }）
cli-output-lost = 结果没能写出。请确认磁盘没有写满。
cli-stopped-early = 已停止。已有工单号的工单仍安全保存在这台电脑上。
